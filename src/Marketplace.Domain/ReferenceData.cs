namespace Marketplace.Domain;

/// <summary>Facts of the outside world that rules need and administrators append to: working days and reference rates.</summary>
public sealed record ReferenceData(WorkingCalendar Calendar, LprHistory Lpr)
{
    /// <summary>What was published when this version was built; administrators append what came later.</summary>
    public static ReferenceData Published { get; } = new(WorkingCalendar.China, LprHistory.Published);
}
