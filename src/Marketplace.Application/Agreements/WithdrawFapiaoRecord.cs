using Marketplace.Application.Door;
using Marketplace.Domain;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>A fapiao was recorded wrongly: the record stays and counts no longer. Its number may be recorded again under the same agreement only.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Administrator, For = Duty.Finance)]
public sealed record WithdrawFapiaoRecord(Guid CommandId, AgreementId Agreement, int Record, string Reason) : ICommandRequest;

internal sealed class WithdrawFapiaoRecordHandler(Commands commands) : IRequestHandler<WithdrawFapiaoRecord, Answer>
{
    public Task<Answer> Handle(WithdrawFapiaoRecord request, CancellationToken cancellationToken) => commands.Execute<IAgreementGrain>(
        request, request.Agreement.Value, new Domain.Agreements.WithdrawFapiaoRecord(request.Record, request.Reason));
}
