using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The company asks for a longer trial, once.</summary>
/// <param name="Months">1 to 6.</param>
[MayAsk(ActorRole.Company, For = Duty.Negotiate)]
public sealed record RequestExtension(Guid CommandId, AgreementId Agreement, int Months, string Reason) : ICommandRequest;

internal sealed class RequestExtensionHandler(Commands commands) : IRequestHandler<RequestExtension, Answer>
{
    public Task<Answer> Handle(RequestExtension request, CancellationToken cancellationToken) =>
        commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.RequestExtension(request.Months, request.Reason));
}
