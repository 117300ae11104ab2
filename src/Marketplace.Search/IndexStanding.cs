using Marketplace.Journal;

namespace Marketplace.Search;

/// <summary>What an index file has followed so far.</summary>
/// <param name="Position">Of the last event that it knows.</param>
/// <param name="Hash">Of that event: another one at that position means another journal. Empty at the start.</param>
/// <param name="OffersOn">The local day whose open offers its facets tell.</param>
internal sealed record IndexStanding(JournalPosition Position, ReadOnlyMemory<byte> Hash, DateOnly OffersOn);
