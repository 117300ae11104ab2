namespace Marketplace.Domain;

/// <summary>Facts of the outside world that rules need and administrators append to: working days, reference rates and taxes to withhold.</summary>
public sealed record ReferenceData(WorkingCalendar Calendar, LprHistory Lpr, WithholdingRates Withholding)
{
    /// <summary>What was published when this version was built; administrators append what came later.</summary>
    public static ReferenceData Published { get; } = new(WorkingCalendar.China, LprHistory.Published, WithholdingRates.None);
}
