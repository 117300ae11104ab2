using Marketplace.Application.Door;
using Marketplace.Application.Payments;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>The company pays sums now, together, by a way that it chooses this time.</summary>
/// <param name="Obligations">Their numbers within the agreement, from 1.</param>
[MayAsk(ActorRole.Company, For = Duty.Finance)]
public sealed record PayObligations(Guid CommandId, AgreementId Agreement, IReadOnlyList<int> Obligations, string Provider, string Method) : ICommandRequest;

internal sealed class PayObligationsHandler(Commands commands, PaymentProviders providers, Caller caller) : IRequestHandler<PayObligations, Answer>
{
    public async Task<Answer> Handle(PayObligations request, CancellationToken cancellationToken) =>
        await providers.Check(caller.Principal.Organisation!.Value, request.Provider, request.Method) is { } refusal
            ? refusal
            : await commands.Execute<IAgreementGrain>(request, request.Agreement.Value, new Domain.Agreements.PayObligations(request.Obligations, request.Provider, request.Method));
}
