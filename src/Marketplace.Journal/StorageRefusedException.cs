namespace Marketplace.Journal;

/// <summary>
/// The database cannot be used as it is, and starting on it would be wrong: unreachable, in use, foreign, or of a newer program.
/// Carries one sentence for the person who starts the program; never a password.
/// </summary>
public sealed class StorageRefusedException(string zh, string en, Exception? inner = null) : Exception(en, inner)
{
    /// <summary>The sentence in Chinese.</summary>
    public string Zh { get; } = zh;

    /// <summary>The same sentence in English.</summary>
    public string En => Message;
}
