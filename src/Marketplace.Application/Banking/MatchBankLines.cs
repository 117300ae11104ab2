using System.Globalization;
using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Banking;
using Microsoft.EntityFrameworkCore;
using Orleans;

namespace Marketplace.Application.Banking;

// Inside the namespace, so that a command to the agreement is not the use case of the same name.
using RecordReceipt = Marketplace.Domain.Agreements.RecordReceipt;
using RecordReversal = Marketplace.Domain.Agreements.RecordReversal;

/// <summary>
/// Finds out what recorded lines are, and tells the agreements whose money they are. The line decides first and is posted last, and the agreement
/// takes a line once: killed between any two of these, the next run finishes it.
/// </summary>
public sealed class MatchBankLines(IDbContextFactory<MarketplaceReads> reads, IGrainFactory grains, MarketplaceClock clock)
{
    private const int MostSums = 50;
    private const int MostReceived = 10;
    private const int MostReasonCharacters = 200;

    /// <summary>Does what is due of one line.</summary>
    /// <param name="stream"><c>bank-line/bln_…</c>, as in the due-work table.</param>
    /// <returns>Accepted also when the agreement would not have it: then the line waits for a person.</returns>
    /// <exception cref="Journal.JournalUnavailableException">Not finished: the next run goes on.</exception>
    public async Task<Answer> WorkOff(string stream, CancellationToken cancel = default)
    {
        var id = BankLineId.Wrap(StreamDirectory.IdOf(stream));
        var grain = grains.GetGrain<IBankLineGrain>(id.Value);
        var line = await grain.State();
        if (line.Status == BankLineStatus.Recorded)
        {
            if (await Gather(line, cancel) is not { } facts)
            {
                return new Accepted(id.Value, 0); // it may take back what has not been looked at yet: another run will know
            }

            var decision = BankMatching.Decide(line.Entry!, facts);
            if (await Send(grain, DerivedId.Guid(id.Value, "match"), new MatchBankLine(decision)) is Refused refused)
            {
                return refused;
            }

            line = await grain.State();
        }

        return line is { Status: BankLineStatus.Assigned, Target: { } target } ? await CarryOut(grain, id, line, target) : new Accepted(id.Value, 0);
    }

    private async Task<Answer> CarryOut(IBankLineGrain grain, BankLineId id, BankLine line, BankLineTarget target)
    {
        var (refusal, receipt) = target.Use switch
        {
            BankLineUse.Receipt => await Receive(id, line, target.Agreement!.Value),
            BankLineUse.Reversal => (await Reverse(id, line, target), (int?)null),
            BankLineUse.PaymentMade or BankLineUse.PaymentReturned => (await Conclude(id, line, target), (int?)null),
        };
        if (refusal?.Code == Refusals.Contended.Code)
        {
            return refusal;
        }

        // Each time that it was assigned ends once.
        var end = DerivedId.Guid(id.Value, "end", line.DueAtUtc!.Value.UtcTicks.ToString(CultureInfo.InvariantCulture));
        return await Send(grain, end, refusal is null ? new Domain.Banking.PostBankLine(receipt) : new ReleaseBankLine(ParkReason.Refused, $"{refusal.Code}: {refusal.En}"));
    }

    private async Task<(Refusal? Refusal, int? Receipt)> Receive(BankLineId id, BankLine line, AgreementId agreement)
    {
        var grain = grains.GetGrain<IAgreementGrain>(agreement.Value);
        var (entry, today) = (line.Entry!, LocalTime.DateOf(clock.NowUtc));
        var receivedOn = entry.BookedOn > today ? today : entry.BookedOn; // a bank in another time zone
        var answer = await Send(
            grain, DerivedId.Guid(id.Value, "receipt", agreement.Value), new RecordReceipt(BankMatching.Source, id.Value, entry.Amount, receivedOn, BankMatching.Source));
        return answer is Refused { Refusal: var refusal } && refusal.Code != "receipt-recorded"
            ? (refusal, null)
            : (null, (await grain.State()).Receipts.Find(r => r.Source == BankMatching.Source && r.Reference == id.Value)!.Number);
    }

    private async Task<Refusal?> Reverse(BankLineId id, BankLine line, BankLineTarget target)
    {
        var entry = line.Entry!;
        var reason = string.IsNullOrWhiteSpace(entry.Remittance) ? "the bank took it back" : entry.Remittance[..Math.Min(entry.Remittance.Length, MostReasonCharacters)];
        var answer = await Send(
            grains.GetGrain<IAgreementGrain>(target.Agreement!.Value.Value), DerivedId.Guid(id.Value, "reversal", target.Of!.Value.Value),
            new RecordReversal(BankMatching.Source, id.Value, target.Of.Value.Value, entry.Amount, reason));
        return answer is Refused { Refusal: var refusal } && refusal.Code != "reversal-recorded" ? refusal : null;
    }

    private async Task<Refusal?> Conclude(BankLineId id, BankLine line, BankLineTarget target)
    {
        var (payment, entry) = (target.Payment!.Value, line.Entry!);
        BankPaymentCommand command = target.Use == BankLineUse.PaymentMade
            ? new RecordPaymentMade(id, entry.Amount, entry.BookedOn)
            : new RecordPaymentReturned(id, entry.Amount, entry.BookedOn);
        var answer = await Send(grains.GetGrain<IBankPaymentGrain>(payment.Value), DerivedId.Guid(id.Value, $"{target.Use}", payment.Value), command);
        return (answer as Refused)?.Refusal;
    }

    /// <summary>Null: not all of it is known yet.</summary>
    private async Task<MatchFacts?> Gather(BankLine line, CancellationToken cancel)
    {
        await using var database = await reads.CreateDbContextAsync(cancel);
        var entry = line.Entry!;
        if (BankMatching.PaymentIn(entry) is { } named && await grains.GetGrain<IBankPaymentGrain>(named.Value).State() is { Order: { } order } payment)
        {
            return MatchFacts.None with { Payment = new NamedPayment(named, order.Amount, payment.Status == BankPaymentStatus.Exported, payment.Status == BankPaymentStatus.Made) };
        }

        if (!entry.IsCredit)
        {
            return await Received(database, line, cancel) is { } received ? MatchFacts.None with { Received = received } : null;
        }

        if (entry.IsReversal)
        {
            return MatchFacts.None;
        }

        string[] codes = [.. BankMatching.ReferencesIn(entry).Select(r => r.PaymentCode).Distinct()];
        if (codes.Length > 0)
        {
            var agreements = await database.Of<AgreementRow>().Where(a => codes.Contains(a.PaymentCode)).OrderBy(a => a.Agreement).Select(a => a.Agreement).ToListAsync(cancel);
            if (agreements.Count > 0)
            {
                return MatchFacts.None with { Named = [.. agreements.Select(AgreementId.Wrap)] };
            }
        }

        var known = await KnownPayers(database, entry, cancel);
        return MatchFacts.None with { KnownPayers = [.. known.Select(OrganisationId.Wrap)], Open = await Open(database, entry, known, cancel) };
    }

    private static async Task<List<string>> KnownPayers(MarketplaceReads database, StatementEntry entry, CancellationToken cancel) => entry.CounterpartyAccount is not { } account
        ? []
        : await database.Of<BankLineRow>()
            .Where(l => l.CounterpartyAccount == account && l.ByPerson && l.Status == BankLineStatus.Posted && l.Receipt != null)
            .Join(database.Of<AgreementRow>(), l => l.Agreement, a => a.Agreement, (l, a) => a.Company)
            .Distinct()
            .ToListAsync(cancel);

    /// <summary>What is open in the days around the booking, of this very sum or of somebody who looks like the payer.</summary>
    private static async Task<IReadOnlyList<OpenSum>> Open(MarketplaceReads database, StatementEntry entry, IReadOnlyList<string> known, CancellationToken cancel)
    {
        var (currency, amountMinor, payer) = (entry.Amount.Currency.Code, entry.Amount.AmountMinor, entry.CounterpartyName);
        var (from, to) = (entry.BookedOn.AddDays(-BankMatching.DaysBefore), entry.BookedOn.AddDays(BankMatching.DaysAfter));
        ObligationStatus[] open = [ObligationStatus.Planned, ObligationStatus.Due, ObligationStatus.Overdue];
        var found = await database.Of<ObligationRow>()
            .Where(o => open.Contains(o.Status) && o.DueOn >= from && o.DueOn <= to && o.Currency == currency && o.OutstandingMinor > 0)
            .Join(database.Of<OrganisationRow>(), o => o.Company, c => c.Organisation, (o, c) => new { Owed = o, c.NameZh, c.NameEn })
            .Where(f => f.Owed.OutstandingMinor == amountMinor || known.Contains(f.Owed.Company) || f.NameZh == payer || f.NameEn == payer)
            .OrderBy(f => f.Owed.OutstandingMinor == amountMinor ? 0 : 1).ThenBy(f => f.Owed.DueOn).ThenBy(f => f.Owed.Agreement).ThenBy(f => f.Owed.Number)
            .Take(MostSums)
            .ToListAsync(cancel);
        return
        [
            .. found.Select(f => new OpenSum(
                AgreementId.Wrap(f.Owed.Agreement), f.Owed.Number, OrganisationId.Wrap(f.Owed.Company), new BilingualText(f.NameZh, f.NameEn), f.Owed.DueOn,
                new Money(f.Owed.OutstandingMinor, entry.Amount.Currency))),
        ];
    }

    /// <summary>
    /// Receipts on the same account that the line may take back, without those that another line has taken back. Null while it is not known of one
    /// of them whether it is a receipt.
    /// </summary>
    private static async Task<IReadOnlyList<ReceivedLine>?> Received(MarketplaceReads database, BankLine line, CancellationToken cancel)
    {
        var (account, entry) = (line.Account.Value, line.Entry!);
        var (currency, amountMinor, on, from) = (entry.Amount.Currency.Code, entry.Amount.AmountMinor, entry.BookedOn, entry.BookedOn.AddDays(-BankMatching.DaysBefore));
        BankLineStatus[] statuses = [BankLineStatus.Recorded, BankLineStatus.Assigned, BankLineStatus.Posted];
        var received = database.Of<BankLineRow>().Where(l =>
            l.Account == account && l.IsCredit && l.BookedOn <= on && l.Currency == currency && statuses.Contains(l.Status)
            && !database.Of<BankLineRow>().Any(r => r.OfLine == l.Line));
        var rows = new List<BankLineRow>();
        if (entry.ServicerReference is { } servicer)
        {
            rows.AddRange(await received.Where(l => l.ServicerReference == servicer).Take(MostReceived).ToListAsync(cancel));
        }

        if (entry.EndToEndId is { } endToEnd)
        {
            rows.AddRange(await received.Where(l => l.EndToEndId == endToEnd).Take(MostReceived).ToListAsync(cancel));
        }

        if (entry is { IsReversal: true } && (entry.CounterpartyName ?? entry.CounterpartyAccount) is not null)
        {
            var (name, number) = (entry.CounterpartyName, entry.CounterpartyAccount);
            rows.AddRange(await received
                .Where(l => l.BookedOn >= from && l.AmountMinor == amountMinor && ((name != null && l.Counterparty == name) || (number != null && l.CounterpartyAccount == number)))
                .Take(MostReceived)
                .ToListAsync(cancel));
        }

        return rows.Any(l => l.Status != BankLineStatus.Posted) ? null :
        [
            .. rows.Where(l => l.Receipt is not null).DistinctBy(l => l.Line).Select(l => new ReceivedLine(
                BankLineId.Wrap(l.Line), AgreementId.Wrap(l.Agreement!), new Money(l.AmountMinor, entry.Amount.Currency), l.ServicerReference, l.EndToEndId)),
        ];
    }

    private static Task<Answer> Send(IJournaledGrain grain, Guid command, object content) =>
        grain.Execute(CommandEnvelope.BySystem(command, content));
}
