using Marketplace.Domain;

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

    /// <summary>A setting cannot be used; stderr says which, and never shows it.</summary>
    public const int SettingRefused = 5;

    /// <summary>Ended by Ctrl-C before it was done: 128 + SIGINT, as shells count.</summary>
    public const int Interrupted = 130;

    /// <summary>All of them, for the help.</summary>
    public static readonly IReadOnlyList<(int Code, BilingualText Meaning)> All =
    [
        (Ok, new("正常。", "All is well.")),
        (CheckFailed, new("核对发现问题。", "A check found something broken.")),
        (Usage, new("命令行无法理解。", "The command line was not understood.")),
        (StorageRefused, new("数据库无法使用：连不上、被占用、不是本系统的，或版本较新。", "The database cannot be used: unreachable, in use, foreign, or of a newer version.")),
        (AddressInUse, new("监听地址已被占用。", "The address is in use.")),
        (SettingRefused, new("某项配置无法使用。", "A setting cannot be used.")),
        (Interrupted, new("被中断（Ctrl-C）。", "Interrupted (Ctrl-C).")),
    ];
}
