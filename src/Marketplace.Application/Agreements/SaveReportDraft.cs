using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The company keeps a report that is not finished, and takes it up again later, here or with another of its people. It counts for nothing.</summary>
/// <param name="Period">The next one to report; it may still be running.</param>
/// <param name="Fields">As typed, at most 40 of 100 characters, none empty; in place of what was kept before.</param>
[MayAsk(ActorRole.Company, For = Duty.Finance)]
public sealed record SaveReportDraft(Guid CommandId, AgreementId Agreement, int Period, IReadOnlyDictionary<string, string> Fields) : ICommandRequest;

internal sealed class SaveReportDraftHandler(Commands commands) : IRequestHandler<SaveReportDraft, Answer>
{
    public async Task<Answer> Handle(SaveReportDraft request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        return (visible.Refusal ?? AgreementRules.CheckIsNext(visible.Value, request.Period)) is { } refusal
            ? refusal
            : await commands.Execute<IReportDraftGrain>(
                request, request.Agreement.Value, new Domain.Agreements.SaveReportDraft(visible.Value.Company, request.Period, request.Fields));
    }
}
