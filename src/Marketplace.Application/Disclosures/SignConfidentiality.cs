using Marketplace.Application.Door;
using Marketplace.Domain;
using Marketplace.Domain.Disclosures;
using MediatR;

namespace Marketplace.Application.Disclosures;

/// <summary>A company signs the confidentiality agreement about a result. From then on it is given the files of that tier.</summary>
/// <param name="DocumentHash">SHA-256, 64 lower-case hexadecimal digits, of the text that was read.</param>
[MayAsk(ActorRole.Company, For = Duty.Sign, Proven = true)]
public sealed record SignConfidentiality(Guid CommandId, LabResultId Result, string DocumentHash) : ICommandRequest;

internal sealed class SignConfidentialityHandler(Commands commands) : IRequestHandler<SignConfidentiality, Answer>
{
    public async Task<Answer> Handle(SignConfidentiality request, CancellationToken cancellationToken)
    {
        var found = await ConfidentialityOffer.Of(commands, request.Result);
        return found.Refusal is { } refusal ? refusal : await commands.Execute<IConfidentialityGrain>(
            request, ConfidentialityId.Of(request.Result, found.Value.Company).Value,
            new Domain.Disclosures.SignConfidentiality(request.Result, found.Value.Lab, found.Value.Company, found.Value.Facts, request.DocumentHash));
    }
}
