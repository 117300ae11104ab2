using Marketplace.Domain;

namespace Marketplace.Application.Notices;

/// <summary>
/// A need and a result that fit each other well: what is kept of it for notices. It names the company to nobody.
/// </summary>
/// <param name="Score">As of <see cref="Domain.Needs.NeedMatch"/> at that time.</param>
public sealed record MatchFound(NeedId Need, LabResultId Result, BilingualText ResultTitle, int Score)
{
    /// <summary>Before the slash in a notice's type.</summary>
    public const string Kind = "match";

    /// <summary>Told to a laboratory, of its result.</summary>
    public const string ForLab = $"{Kind}/need-fits";

    /// <summary>Told to a company, of its need.</summary>
    public const string ForCompany = $"{Kind}/result-fits";
}
