using System.Runtime.CompilerServices;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.LabResults;
using Marketplace.Application.Ledger;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Organisations;
using Marketplace.Journal;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Marketplace.Application.Agreements;

/// <summary>
/// The account of a company, lab or broker with the marketplace over a month; of an inventor, for the lab of the agreement. One's own, and for
/// administrators everybody's. A guarantor has no account: what it pays is the company's at once, and its claim is not the lab's.
/// </summary>
/// <param name="Organisation">Null: one's own.</param>
/// <param name="Agreement">Of an inventor: in which agreement.</param>
/// <param name="Inventor">Place in its split, from 1.</param>
[MayAsk(ActorRole.Lab, ActorRole.Company, ActorRole.Broker, ActorRole.Administrator, For = Duty.Read)]
public sealed record GetPartyStatement(LedgerMonth Month, OrganisationId? Organisation = null, AgreementId? Agreement = null, int? Inventor = null) : IQuery<PartyStatementView>;

/// <param name="Organisation">Of an inventor: the lab.</param>
/// <param name="InventorName">Null: not an inventor's, or no longer in the split.</param>
/// <param name="Subjects">What the agreements are about, by id.</param>
public sealed record PartyStatementView(
    OrganisationId Organisation, BilingualText Name, string Uscc, int? Inventor, string? InventorName, MonthState State, DateTimeOffset AsOfUtc,
    PartyStatement Statement, IReadOnlyDictionary<AgreementId, StatementSubject> Subjects);

/// <param name="Counterparty">The lab; for a lab the company.</param>
/// <param name="Inventors">Names, for a lab.</param>
public sealed record StatementSubject(BilingualText Title, BilingualText Counterparty, IReadOnlyList<string> Inventors);

internal sealed class GetPartyStatementHandler(Commands commands, IJournal journal, IDbContextFactory<MarketplaceReads> reads, MonthBooks books, MarketplaceClock clock)
    : IRequestHandler<GetPartyStatement, Result<PartyStatementView>>
{
    private const int Page = 500;

    private sealed record Found(string Agreement, string TitleZh, string TitleEn, string LabZh, string LabEn, string CompanyZh, string CompanyEn)
    {
        public StatementSubject Subject(StatementParty party, IReadOnlyList<string> inventors) => new(
            new(TitleZh, TitleEn), party is StatementParty.Lab or StatementParty.Inventor ? new(CompanyZh, CompanyEn) : new(LabZh, LabEn),
            party == StatementParty.Lab ? inventors : []);
    }

    public async Task<Result<PartyStatementView>> Handle(GetPartyStatement request, CancellationToken cancellationToken)
    {
        if (books.Check(request.Month) is { } refusal)
        {
            return refusal;
        }

        var asked = await WhoseBooks(request, cancellationToken);
        if (asked.Refusal is { } none)
        {
            return none;
        }

        var (party, organisation) = asked.Value;
        var closedThrough = await books.ClosedThrough(cancel: cancellationToken);
        var statements = new List<AgreementStatement>();
        var subjects = new Dictionary<AgreementId, StatementSubject>();
        IReadOnlyList<string> inventors = [];
        await foreach (var found in AgreementsOf(party, organisation.Organisation, request.Agreement?.Value, cancellationToken))
        {
            var agreement = AgreementId.Wrap(found.Agreement);
            var telling = new StatementTelling(agreement, party, request.Inventor, request.Month, closedThrough);
            await foreach (var stored in journal.ReadStream($"agreement/{agreement}", cancellationToken))
            {
                telling.Hear(EventCatalog<AgreementEvent>.Instance.Read(stored.Type, stored.Body), stored.RecordedAtUtc);
            }

            inventors = telling.Inventors;
            AgreementStatement[] told = [.. telling.Statements()];
            if (told.Length > 0)
            {
                statements.AddRange(told);
                subjects.Add(agreement, found.Subject(party, inventors));
            }
        }

        if (request.Inventor > inventors.Count && statements.Count == 0)
        {
            return Refusal.NotFound();
        }

        return new PartyStatementView(
            OrganisationId.Wrap(organisation.Organisation), new(organisation.NameZh, organisation.NameEn), organisation.Uscc,
            request.Inventor, request.Inventor is { } place && place <= inventors.Count ? inventors[place - 1] : null,
            books.StateOf(request.Month, closedThrough), clock.NowUtc, PartyStatement.Of(party, request.Month, statements), subjects);
    }

    private async Task<Result<(StatementParty Party, OrganisationRow Organisation)>> WhoseBooks(GetPartyStatement request, CancellationToken cancel)
    {
        var asked = request.Organisation ?? commands.Principal.Organisation;
        if (request.Agreement is not null || request.Inventor is not null)
        {
            if (request is not { Agreement: { } agreement, Inventor: >= 1, Organisation: null })
            {
                return Refusal.Invalid("inventor-incomplete", "完成人对账单须指明协议和完成人序号。", "Name the agreement and the place of the inventor in its split.", "inventor");
            }

            var visible = await commands.Visible(agreement);
            if (visible.Refusal is { } refusal)
            {
                return refusal;
            }

            asked = visible.Value.Lab;
        }

        if (asked is not { } organisation)
        {
            return Refusal.Invalid("organisation-missing", "请指明机构。", "Name the organisation.", "organisation");
        }

        if (!commands.Principal.Sees(organisation))
        {
            return Refusal.NotFound();
        }

        await using var database = await reads.CreateDbContextAsync(cancel);
        var row = await database.Of<OrganisationRow>().FirstOrDefaultAsync(o => o.Organisation == organisation.Value, cancel);
        return row?.Kind switch
        {
            OrganisationKind.Lab => (request.Inventor is null ? StatementParty.Lab : StatementParty.Inventor, row),
            OrganisationKind.Company => (StatementParty.Company, row),
            OrganisationKind.Broker => (StatementParty.Broker, row),
            OrganisationKind.Guarantor or null => Refusal.NotFound(),
        };
    }

    /// <summary>Page by page: of the agreements only what they are called is kept, and only while it is needed. One without a balance never posted anything.</summary>
    private async IAsyncEnumerable<Found> AgreementsOf(StatementParty party, string organisation, string? only, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var (after, full) = ("", true); full;)
        {
            Found[] page;
            await using (var database = await reads.CreateDbContextAsync(cancel))
            {
                var balances = database.Of<AccountBalanceRow>();
                var agreements = database.Of<AgreementRow>().Where(a => string.Compare(a.Agreement, after) > 0 && (only == null || a.Agreement == only));
                agreements = party switch
                {
                    StatementParty.Lab or StatementParty.Inventor => agreements.Where(a => a.Lab == organisation),
                    StatementParty.Company => agreements.Where(a => a.Company == organisation),
                    StatementParty.Broker => agreements.Where(a => a.ThirdParty == organisation),
                };
                page =
                [
                    .. await agreements.Where(a => balances.Any(b => b.Agreement == a.Agreement))
                        .OrderBy(a => a.Agreement)
                        .Take(Page)
                        .Join(database.Of<ResultRow>(), a => a.Result, r => r.Result, (a, r) => new { Row = a, Result = r })
                        .Join(database.Of<OrganisationRow>(), a => a.Row.Lab, o => o.Organisation, (a, o) => new { a.Row, a.Result, Lab = o })
                        .Join(
                            database.Of<OrganisationRow>(), a => a.Row.Company, o => o.Organisation,
                            (a, o) => new Found(a.Row.Agreement, a.Result.TitleZh, a.Result.TitleEn, a.Lab.NameZh, a.Lab.NameEn, o.NameZh, o.NameEn))
                        .ToListAsync(cancel),
                ];
            }

            foreach (var found in page.OrderBy(f => f.Agreement, StringComparer.Ordinal)) // a join promises no order
            {
                yield return found;
                after = found.Agreement;
            }

            full = page.Length == Page;
        }
    }
}
