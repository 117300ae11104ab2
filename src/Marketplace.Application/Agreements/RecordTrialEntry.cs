using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>A party writes down what was measured or seen in the trial.</summary>
/// <param name="Criterion">Of a measurement: position of the criterion, from 0.</param>
/// <param name="Value">Of a measurement: in the unit of the criterion.</param>
/// <param name="Evidence">Name, SHA-256 and size of files that are kept elsewhere.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, For = Duty.Negotiate)]
public sealed record RecordTrialEntry(
    Guid CommandId, AgreementId Agreement, TrialEntryKind Kind, DateOnly OccurredOn, string? Text = null, int? Criterion = null, decimal? Value = null,
    IReadOnlyList<EvidenceFile>? Evidence = null) : ICommandRequest;

internal sealed class RecordTrialEntryHandler(Commands commands) : IRequestHandler<RecordTrialEntry, Answer>
{
    public Task<Answer> Handle(RecordTrialEntry request, CancellationToken cancellationToken) => commands.Execute<IAgreementGrain>(
        request, request.Agreement.Value,
        new Domain.Agreements.RecordTrialEntry(request.Kind, request.Text, request.OccurredOn, request.Criterion, request.Value, request.Evidence));
}
