using Marketplace.Application.Agreements;
using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Journal;

namespace Marketplace.Application.Invariants;

/// <summary>
/// What streams say of each other: an agreement is of its offer's lab and result, an offer of its result's lab, and what moved by a
/// provider's own books is what the agreement recorded, and a fapiao is of the agreement that took its number. The rows that name another stream are read in the order of that stream.
/// </summary>
internal sealed class RelationCheck : IAsyncDisposable
{
    private static readonly Named Agreement = new(typeof(AgreementRow));
    private static readonly Named Offer = new(typeof(OfferRow));
    private static readonly Named Fapiao = new(typeof(FapiaoRow));
    private static readonly Named Intent = new(typeof(PaymentIntentRow));

    private readonly SortedRows agreementsByOffer;
    private readonly SortedRows agreementsByResult;
    private readonly SortedRows offersByResult;
    private readonly SortedRows fapiao;
    private readonly Dictionary<string, SortedRows> intents; // one reading for each provider: the streams of their books come one kind after the other

    public RelationCheck(IAuditView view, IEnumerable<AuditedKind> kinds, CancellationToken cancel)
    {
        agreementsByOffer = Agreement.Sorted(view, nameof(AgreementRow.Offer), cancel);
        agreementsByResult = Agreement.Sorted(view, nameof(AgreementRow.Result), cancel);
        offersByResult = Offer.Sorted(view, nameof(OfferRow.Result), cancel);
        fapiao = Fapiao.Sorted(view, nameof(FapiaoRow.Number), cancel);
        intents = kinds.Select(k => k.Provider).OfType<string>()
            .ToDictionary(provider => provider, _ => Intent.Sorted(view, nameof(PaymentIntentRow.Intent), cancel), StringComparer.Ordinal);
    }

    public async IAsyncEnumerable<Finding> OfStream(AuditedKind kind, StreamAudit audit)
    {
        if (kind == OfferAudit.Kind)
        {
            var offer = audit.Rows?.OfType<OfferRow>().FirstOrDefault();
            await foreach (var (isOfKey, values) in agreementsByOffer.UpTo(audit.Key))
            {
                if (!isOfKey)
                {
                    yield return Agreement.Stray(values, nameof(AgreementRow.Offer));
                }
                else if (offer is not null && (Agreement.Text(values, nameof(AgreementRow.Lab)) != offer.Lab || Agreement.Text(values, nameof(AgreementRow.Result)) != offer.Result))
                {
                    yield return Agreement.Finding(values, $"is of another lab or result than its offer, of {offer.Lab} and {offer.Result}");
                }
            }
        }
        else if (kind == LabResultAudit.Kind)
        {
            var result = audit.Rows?.OfType<ResultRow>().FirstOrDefault();
            foreach (var (table, rows) in new[] { (Agreement, agreementsByResult), (Offer, offersByResult) })
            {
                await foreach (var (isOfKey, values) in rows.UpTo(audit.Key))
                {
                    if (!isOfKey)
                    {
                        yield return table.Stray(values, nameof(OfferRow.Result));
                    }
                    else if (result is not null && table.Text(values, nameof(OfferRow.Lab)) != result.Lab)
                    {
                        yield return table.Finding(values, $"is of another lab than its result, of {result.Lab}");
                    }
                }
            }
        }
        else if (audit is FapiaoAudit register)
        {
            await foreach (var (isOfKey, values) in fapiao.UpTo(audit.Key))
            {
                if (!isOfKey || Fapiao.Text(values, nameof(FapiaoRow.Agreement)) != register.TakenBy?.Value)
                {
                    yield return NotTaken(values);
                }
            }
        }
        else if (kind.Provider is { } provider)
        {
            await foreach (var finding in OfPayment(provider, audit))
            {
                yield return finding;
            }
        }
    }

    /// <summary>Rows that name streams behind the last.</summary>
    public async IAsyncEnumerable<Finding> End()
    {
        foreach (var (table, rows, property) in new[]
        {
            (Agreement, agreementsByOffer, nameof(AgreementRow.Offer)),
            (Agreement, agreementsByResult, nameof(AgreementRow.Result)),
            (Offer, offersByResult, nameof(OfferRow.Result)),
        })
        {
            await foreach (var values in rows.Rest())
            {
                yield return table.Stray(values, property);
            }
        }

        await foreach (var values in fapiao.Rest())
        {
            yield return NotTaken(values);
        }

        foreach (var (provider, rows) in intents)
        {
            await foreach (var values in rows.Rest())
            {
                if (UnheardOf(provider, values) is { } finding)
                {
                    yield return finding;
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await agreementsByOffer.DisposeAsync();
        await agreementsByResult.DisposeAsync();
        await offersByResult.DisposeAsync();
        await fapiao.DisposeAsync();
        foreach (var rows in intents.Values)
        {
            await rows.DisposeAsync();
        }
    }

    private static Finding NotTaken(IReadOnlyList<object?> values) =>
        Fapiao.Finding(values, $"is fapiao {Fapiao.Of(values, nameof(FapiaoRow.Number))}, which this agreement has not taken", Invariant.OneEffectPerTransition);

    private async IAsyncEnumerable<Finding> OfPayment(string provider, StreamAudit audit)
    {
        var wasAsked = false;
        await foreach (var (isOfKey, values) in intents[provider].UpTo(audit.Key))
        {
            if (!isOfKey)
            {
                if (UnheardOf(provider, values) is { } finding)
                {
                    yield return finding;
                }

                continue;
            }

            wasAsked = Intent.Text(values, nameof(PaymentIntentRow.Provider)) == provider;
            if (wasAsked && audit.Payment is { } payment && Disagreement(values, payment) is { } disagreement)
            {
                yield return Intent.Finding(values, disagreement, Invariant.CashAgreesWithProvider);
            }
        }

        if (!wasAsked && audit.Payment is { MovedMinor: > 0 } moved)
        {
            yield return new Finding(
                Invariant.IntentBeforeEffect, "events", audit.Stream, null, null, null,
                $"{provider} moved {moved.MovedMinor} of {moved.Asked}, which no agreement has asked for");
        }
    }

    /// <summary>An intent still open may know less than the provider; once concluded it knows the same.</summary>
    private static string? Disagreement(IReadOnlyList<object?> values, ProviderPayment payment)
    {
        var isOpen = Intent.Of(values, nameof(PaymentIntentRow.NextLookAtUtc)) is not null;
        var (asked, moved) = (Intent.Of(values, nameof(PaymentIntentRow.AmountMinor)), Intent.Of(values, nameof(PaymentIntentRow.MovedMinor)));
        return Intent.Text(values, nameof(PaymentIntentRow.Kind)) != payment.Kind.ToString() || !Equals(asked, payment.Asked.AmountMinor)
                || Intent.Text(values, nameof(PaymentIntentRow.Currency)) != payment.Asked.Currency.Code
            ? $"asks for {asked}, the provider was asked for {payment.Kind} {payment.Asked}"
            : !isOpen && !Equals(moved, payment.MovedMinor) ? $"moved {moved}, the provider moved {payment.MovedMinor}"
            : null;
    }

    /// <summary>Money is said to have moved by a provider that has no such payment in its books.</summary>
    private static Finding? UnheardOf(string provider, IReadOnlyList<object?> values) =>
        Intent.Text(values, nameof(PaymentIntentRow.Provider)) == provider && Intent.Of(values, nameof(PaymentIntentRow.MovedMinor)) is not 0L
            ? Intent.Finding(values, $"moved {Intent.Of(values, nameof(PaymentIntentRow.MovedMinor))}, {provider} has never heard of it", Invariant.CashAgreesWithProvider)
            : null;

    /// <summary>Values of a row by the names of its record.</summary>
    private sealed class Named(Type row)
    {
        private readonly ReadTable table = ReadTable.Of(row);

        public object? Of(IReadOnlyList<object?> values, string property) => values[table.PlaceOf(property)];

        public string? Text(IReadOnlyList<object?> values, string property) => Of(values, property) as string;

        public SortedRows Sorted(IAuditView view, string property, CancellationToken cancel)
        {
            var place = table.PlaceOf(property);
            return new SortedRows(view, table.Schema, table.Schema.Columns[place].Name, values => (string)values[place]!, cancel);
        }

        public Finding Finding(IReadOnlyList<object?> values, string what, int invariant = Invariant.EachItsOwn) =>
            Journal.Finding.OfRow(invariant, table.Schema, values, what);

        public Finding Stray(IReadOnlyList<object?> values, string property) => Finding(values, $"names {Of(values, property)}, which does not exist");
    }
}
