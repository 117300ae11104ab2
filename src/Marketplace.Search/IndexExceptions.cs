namespace Marketplace.Search;

/// <summary>The index file cannot be used any more, and is to be made anew: damaged, half written, not ours, or without a place for a newcomer.</summary>
internal sealed class IndexUnusableException(string message, Exception? inner = null) : Exception(message, inner);
