using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The company has paid back to the guarantor a part of what it paid for it. They settle it between them; here it is only counted.</summary>
[MayAsk(ActorRole.Guarantor, ActorRole.Administrator, For = Duty.Finance)]
public sealed record RecordRecourse(Guid CommandId, AgreementId Agreement, int Claim, Money Amount, string Reference) : ICommandRequest;

internal sealed class RecordRecourseHandler(Commands commands) : IRequestHandler<RecordRecourse, Answer>
{
    public Task<Answer> Handle(RecordRecourse request, CancellationToken cancellationToken) => commands.Execute<IAgreementGrain>(
        request, request.Agreement.Value, new Domain.Agreements.RecordRecourse(request.Claim, request.Amount, request.Reference));
}
