namespace Marketplace.Domain;

/// <summary>Facts of the outside world that rules need and administrators append to: working days and reference rates.</summary>
public sealed record ReferenceData(WorkingCalendar Calendar, LprHistory Lpr);
