namespace Marketplace.Host.Composition;

/// <summary>What the program's exit code means. Scripts rely on it: a number is never given another meaning.</summary>
public static class ExitCode
{
    public const int Ok = 0;

    /// <summary>An invariant is broken, a check failed.</summary>
    public const int CheckFailed = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;

    /// <summary>The database is unreachable, in use, foreign or of a newer version; stderr has the sentence.</summary>
    public const int StorageRefused = 3;

    /// <summary>Another program listens on the address.</summary>
    public const int AddressInUse = 4;
}
