using Marketplace.Domain.LabResults;
using Marketplace.Domain.Organisations;

namespace Marketplace.Domain.Needs;

public abstract record NeedCommand;

/// <param name="CompanyStatus">Fact, gathered by the use case: only a verified company publishes.</param>
public sealed record PublishNeed(OrganisationId Company, OrganisationStatus CompanyStatus, NeedContent Content) : NeedCommand;

/// <summary>The company says it anew; also after its last day, which may be set anew with it.</summary>
/// <param name="CompanyStatus">Fact, as above.</param>
public sealed record ChangeNeed(OrganisationStatus CompanyStatus, NeedContent Content) : NeedCommand;

/// <summary>Nothing can be suggested any more; what was suggested can still be answered.</summary>
public sealed record CloseNeed(NeedClosing Why) : NeedCommand;

/// <param name="Lab">Fact, gathered by the use case: owner of the result.</param>
/// <param name="ResultStatus">Fact, likewise: only a listed result is suggested.</param>
/// <param name="LabStatus">Fact, likewise.</param>
/// <param name="Note">Why it fits, for the company.</param>
public sealed record SuggestResult(LabResultId Result, OrganisationId Lab, ResultStatus ResultStatus, OrganisationStatus LabStatus, string Note) : NeedCommand;

/// <param name="Reason">Needed when it does not suit.</param>
public sealed record AnswerSuggestion(LabResultId Result, SuggestionAnswer Answer, string? Reason) : NeedCommand;

public abstract record NeedEvent;

public sealed record NeedPublished(OrganisationId Company, NeedContent Content, DateTimeOffset AtUtc) : NeedEvent;

public sealed record NeedChanged(NeedContent Content) : NeedEvent;

public sealed record NeedClosed(NeedClosing Why) : NeedEvent;

public sealed record ResultSuggested(LabResultId Result, OrganisationId Lab, string Note, DateTimeOffset AtUtc) : NeedEvent;

public sealed record SuggestionAnswered(LabResultId Result, OrganisationId Lab, SuggestionAnswer Answer, string? Reason, DateTimeOffset AtUtc) : NeedEvent;
