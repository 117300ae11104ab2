using System.Collections.Frozen;

namespace Marketplace.Domain.Banking;

/// <summary>An agreement that a line may be for.</summary>
/// <param name="Obligation">The sum that it looks like; null: the line names the agreement, not a sum.</param>
/// <param name="Score">0 … 1 000.</param>
/// <param name="Reasons">What speaks for it.</param>
public sealed record MatchProposal(AgreementId Agreement, int? Obligation, int Score, IReadOnlyList<MatchReason> Reasons);

public enum MatchReason
{
    /// <summary>Its reference names the agreement, and another one too.</summary>
    NamedReference,

    /// <summary>It is what is open of the sum, to the last fen.</summary>
    SameAmount,

    /// <summary>A person has confirmed money of this company from the same account before.</summary>
    KnownAccount,

    /// <summary>The payer is called as the company is.</summary>
    SameName,

    /// <summary>It came near the due date.</summary>
    NearDueDate,
}

/// <summary>What the system makes of a line: what it is, or what it may be, or why nobody knows. One of the three.</summary>
public sealed record MatchDecision(BankLineTarget? Target, IReadOnlyList<MatchProposal> Proposals, ParkReason? Parked)
{
    public static MatchDecision Is(BankLineTarget target) => new(target, [], null);

    public static MatchDecision MayBe(IReadOnlyList<MatchProposal> proposals) => new(null, proposals, null);

    public static MatchDecision Unknown(ParkReason why) => new(null, [], why);
}

/// <summary>A sum that somebody owes.</summary>
public sealed record OpenSum(
    AgreementId Agreement, int Obligation, OrganisationId Company, BilingualText CompanyName, DateOnly DueOn, Money Outstanding);

/// <summary>An earlier line that an agreement has received.</summary>
public sealed record ReceivedLine(BankLineId Line, AgreementId Agreement, Money Amount, string? ServicerReference, string? EndToEndId);

/// <summary>One of our own payments that a line names.</summary>
/// <param name="IsAtBank">It was exported, and no bank has said what became of it.</param>
/// <param name="IsMade">A statement has said that it was made.</param>
public sealed record NamedPayment(PaymentIntentId Payment, Money Amount, bool IsAtBank, bool IsMade);

/// <summary>What a use case has gathered about a line.</summary>
/// <param name="Named">Agreements whose code is in a reference.</param>
/// <param name="Open">Sums that it may pay.</param>
/// <param name="KnownPayers">Companies whose money a person has confirmed from the line's account before.</param>
/// <param name="Received">Lines that it may take back; none that something has taken back already.</param>
/// <param name="Payment">Of our own payments, the one that it names.</param>
public sealed record MatchFacts(
    IReadOnlyList<AgreementId> Named, IReadOnlyList<OpenSum> Open, IReadOnlyList<OrganisationId> KnownPayers, IReadOnlyList<ReceivedLine> Received, NamedPayment? Payment)
{
    public static readonly MatchFacts None = new([], [], [], [], null);
}

/// <summary>Which agreement a booking is for. Only what names it beyond doubt is posted without a person.</summary>
public static class BankMatching
{
    /// <summary>What receipts by bank transfer call their source, and the provider that has the money.</summary>
    public const string Source = "bank";

    /// <summary>A sum is looked for this many days around the booking; an overdue one this many days back.</summary>
    public const int DaysBefore = 180;

    public const int DaysAfter = 60;

    public const int MostProposals = 5;

    private const string PaymentPrefix = "PIN";
    private const int AmountPoints = 500;
    private const int AccountPoints = 250;
    private const int NamePoints = 150;
    private const int DatePoints = 100;
    private const int NearDays = 30;
    private const int LeastPoints = 250;

    private static readonly FrozenDictionary<string, string> LegalForms = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["有限责任公司"] = "有限公司",
        ["COMPANY"] = "CO",
        ["LIMITED"] = "LTD",
        ["CORPORATION"] = "CORP",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every reference that the payer gave.</summary>
    public static IReadOnlyList<RemittanceReference> ReferencesIn(StatementEntry entry) =>
        [.. RemittanceReference.FindAll(entry.Remittance).Union(RemittanceReference.FindAll(entry.StructuredReference)).Union(RemittanceReference.FindAll(entry.EndToEndId))];

    /// <summary>The payment of ours that a line names as its bank was told to; null: none.</summary>
    public static PaymentIntentId? PaymentIn(StatementEntry entry)
    {
        foreach (var text in new[] { InputText.Compact(entry.EndToEndId), InputText.Compact(entry.Remittance), InputText.Compact(entry.StructuredReference) })
        {
            for (var at = text.IndexOf(PaymentPrefix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(PaymentPrefix, at + 1, StringComparison.Ordinal))
            {
                var end = Math.Min(text.Length, at + BankPaymentOrder.EndToEndIdLength);
                if (Id.TryParse<PaymentIntentId>($"{PaymentIntentId.Prefix}{text[(at + PaymentPrefix.Length)..end].ToLowerInvariant()}", out var payment))
                {
                    return payment;
                }
            }
        }

        return null;
    }

    public static MatchDecision Decide(StatementEntry entry, MatchFacts facts) =>
        facts.Payment is { } payment ? OfPayment(entry, payment)
        : entry.IsCredit ? entry.IsReversal ? MatchDecision.Unknown(ParkReason.ReversalOfNothing) : OfCredit(entry, facts)
        : OfDebit(entry, facts);

    /// <summary>Names as they compare: without spaces, punctuation, the width and case of letters, and the ways to write a legal form.</summary>
    public static string NormalName(string name)
    {
        var normal = string.Concat(InputText.Compact(name).Where(char.IsLetterOrDigit));
        foreach (var (written, meant) in LegalForms)
        {
            normal = normal.Replace(written, meant, StringComparison.Ordinal);
        }

        return normal;
    }

    private static MatchDecision OfPayment(StatementEntry entry, NamedPayment payment) =>
        entry.Amount != payment.Amount || !(payment.IsAtBank || payment.IsMade) ? MatchDecision.Unknown(ParkReason.PaymentDiffers)
        : entry.IsCredit
            ? payment.IsAtBank ? MatchDecision.Is(new BankLineTarget(BankLineUse.PaymentReturned, Payment: payment.Payment)) : MatchDecision.Unknown(ParkReason.ReturnedAfterSuccess)
        : payment.IsAtBank ? MatchDecision.Is(new BankLineTarget(BankLineUse.PaymentMade, Payment: payment.Payment))
        : MatchDecision.Unknown(ParkReason.PaymentDiffers);

    private static MatchDecision OfCredit(StatementEntry entry, MatchFacts facts)
    {
        if (facts.Named is [var one])
        {
            return MatchDecision.Is(new BankLineTarget(BankLineUse.Receipt, one)); // of any sum, in any currency: the agreement says what it pays
        }

        if (facts.Named.Count > 1)
        {
            return MatchDecision.MayBe([.. facts.Named.Take(MostProposals).Select(a => new MatchProposal(a, null, AmountPoints, [MatchReason.NamedReference]))]);
        }

        var proposals = facts.Open
            .Select(sum => Propose(entry, sum, facts.KnownPayers))
            .Where(p => p.Score >= LeastPoints)
            .GroupBy(p => p.Agreement)
            .Select(of => of.OrderByDescending(p => p.Score).ThenBy(p => p.Obligation).First())
            .OrderByDescending(p => p.Score).ThenBy(p => p.Agreement.Value, StringComparer.Ordinal)
            .Take(MostProposals)
            .ToList();
        return proposals.Count > 0 ? MatchDecision.MayBe(proposals)
            : MatchDecision.Unknown(ReferencesIn(entry).Count > 0 ? ParkReason.ReferenceUnknown : ParkReason.NothingFits);
    }

    private static MatchProposal Propose(StatementEntry entry, OpenSum sum, IReadOnlyList<OrganisationId> knownPayers)
    {
        var (score, reasons) = (0, new List<MatchReason>());
        void Add(int points, MatchReason reason)
        {
            score += points;
            reasons.Add(reason);
        }

        if (entry.Amount == sum.Outstanding)
        {
            Add(AmountPoints, MatchReason.SameAmount);
        }

        if (knownPayers.Contains(sum.Company))
        {
            Add(AccountPoints, MatchReason.KnownAccount);
        }

        if (entry.CounterpartyName is { Length: > 0 } payer && NormalName(payer) is { Length: > 0 } name
            && (name == NormalName(sum.CompanyName.Zh) || name == NormalName(sum.CompanyName.En)))
        {
            Add(NamePoints, MatchReason.SameName);
        }

        var days = Math.Abs(entry.BookedOn.DayNumber - sum.DueOn.DayNumber);
        if (days <= NearDays)
        {
            Add(DatePoints * (NearDays + 1 - days) / (NearDays + 1), MatchReason.NearDueDate);
        }

        return new MatchProposal(sum.Agreement, sum.Obligation, score, reasons);
    }

    /// <summary>
    /// Money that goes out of an account without our order takes back what came in: the bank's own reference says of which booking, else the
    /// payer's, else, if it says itself that it is a reversal, the sum and the counterparty.
    /// </summary>
    private static MatchDecision OfDebit(StatementEntry entry, MatchFacts facts)
    {
        ReceivedLine[] fitting = [.. facts.Received.Where(r => r.Amount.Currency == entry.Amount.Currency && entry.Amount <= r.Amount)];
        var byBank = fitting.Where(r => entry.ServicerReference is not null && r.ServicerReference == entry.ServicerReference).ToList();
        var byPayer = fitting.Where(r => entry.EndToEndId is not null && r.EndToEndId == entry.EndToEndId).ToList();
        var bySum = entry.IsReversal ? fitting.Where(r => r.Amount == entry.Amount).ToList() : [];
        var best = byBank.Count > 0 ? byBank : byPayer.Count > 0 ? byPayer : bySum;
        return best switch
        {
            [var one] when entry.IsReversal || one.Amount == entry.Amount => MatchDecision.Is(new BankLineTarget(BankLineUse.Reversal, one.Agreement, one.Line)),
            [] or [_] => MatchDecision.Unknown(entry.IsReversal ? ParkReason.ReversalOfNothing : ParkReason.DebitUnknown),
            _ => MatchDecision.Unknown(ParkReason.ReversalAmbiguous),
        };
    }
}
