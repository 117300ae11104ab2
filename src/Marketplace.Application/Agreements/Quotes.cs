using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Licensing;
using MediatR;

namespace Marketplace.Application.Agreements;

/// <summary>What terms would cost if things go as assumed; nobody is bound by it.</summary>
[AnyoneMayAsk]
public sealed record QuoteTerms(AgreementTerms Terms, QuoteAssumptions Assumptions) : IQuery<QuoteView>;

/// <summary>Several terms under the same assumptions, in the order in which they are given. At most ten.</summary>
[AnyoneMayAsk]
public sealed record CompareTerms(IReadOnlyList<AgreementTerms> Terms, QuoteAssumptions Assumptions) : IQuery<IReadOnlyList<QuoteView>>;

/// <summary>What an agreement will cost from where it stands, and what it costs to leave it today.</summary>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Administrator, For = Duty.Read)]
public sealed record QuoteAgreement(AgreementId Agreement, QuoteAssumptions Assumptions) : IQuery<AgreementQuote>;

public sealed record AgreementQuote(QuoteView Quote, ExitCost ExitToday);

internal sealed class QuoteHandlers(Commands commands, CurrentReferenceData reference, MarketplaceClock clock) :
    IRequestHandler<QuoteTerms, Result<QuoteView>>,
    IRequestHandler<CompareTerms, Result<IReadOnlyList<QuoteView>>>,
    IRequestHandler<QuoteAgreement, Result<AgreementQuote>>
{
    private const int MostCompared = 10;

    public Task<Result<QuoteView>> Handle(QuoteTerms request, CancellationToken cancellationToken) =>
        Task.FromResult(Quote.Of(request.Terms, request.Assumptions, reference.Value));

    public Task<Result<IReadOnlyList<QuoteView>>> Handle(CompareTerms request, CancellationToken cancellationToken) => Task.FromResult(Compare(request));

    private Result<IReadOnlyList<QuoteView>> Compare(CompareTerms request)
    {
        if (request.Terms.Count is 0 or > MostCompared)
        {
            return Refusal.Invalid("terms-count", $"请给出1至{MostCompared}份条款。", $"Give between 1 and {MostCompared} terms.", "terms");
        }

        var quotes = new List<QuoteView>();
        for (var i = 0; i < request.Terms.Count; i++)
        {
            var quote = Quote.Of(request.Terms[i], request.Assumptions, reference.Value);
            if (quote.Refusal is { } refusal)
            {
                return refusal.Field?.StartsWith("terms", StringComparison.Ordinal) == true
                    ? refusal with { Field = $"terms[{i}]{refusal.Field["terms".Length..]}" }
                    : refusal;
            }

            quotes.Add(quote.Value);
        }

        return quotes;
    }

    public async Task<Result<AgreementQuote>> Handle(QuoteAgreement request, CancellationToken cancellationToken)
    {
        var visible = await commands.Visible(request.Agreement);
        if (visible.Refusal is { } refusal)
        {
            return refusal;
        }

        var now = clock.NowUtc;
        var quote = Quote.Of(visible.Value, request.Assumptions, reference.Value, now);
        return quote.Refusal is { } impossible ? impossible : new AgreementQuote(quote.Value, Quote.ExitCostOf(visible.Value, LocalTime.DateOf(now)));
    }
}
