using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The company permits collection at the due date, until it authorises another way.</summary>
[MayAsk(ActorRole.Company, For = Duty.Finance, Proven = true)]
public sealed record AuthoriseCollection(Guid CommandId, AgreementId Agreement, string Provider, string Method) : ICommandRequest;

internal sealed class AuthoriseCollectionHandler(Commands commands, PaymentProviders providers, Caller caller) : IRequestHandler<AuthoriseCollection, Answer>
{
    public async Task<Answer> Handle(AuthoriseCollection request, CancellationToken cancellationToken) =>
        await providers.Check(caller.Principal.Organisation!.Value, request.Provider, request.Method) is { } refusal
            ? refusal
            : await commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.AuthoriseCollection(request.Provider, request.Method));
}
