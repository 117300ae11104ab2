using System.Runtime.CompilerServices;
using Marketplace.Application.Agreements;
using Marketplace.Application.Banking;
using Marketplace.Application.Door;
using Marketplace.Application.Exports;
using Marketplace.Application.Ledger;
using Marketplace.Application.Organisations;
using Marketplace.Application.Reads;
using Marketplace.Application.Reconciliations;
using Marketplace.Documents.Sheets;
using Marketplace.Domain;
using Marketplace.Domain.Ledger;
using Marketplace.Domain.Organisations;
using Marketplace.Host.Api;
using Marketplace.Host.Components;

namespace Marketplace.Host.Exports;

/// <summary>
/// What goes into the file of a month: the same tables and statements as on the pages, asked for at the same door as whoever wants the file. What
/// they may not ask for is left out; what the door refuses all the same breaks the file off.
/// </summary>
internal sealed class CyclePapers(MarketplaceDoor door) : ICyclePapers
{
    public IReadOnlyList<CyclePart> PartsOf(CycleOrder order) => [.. new Cycle(door, order).Parts()];

    private sealed class Cycle(MarketplaceDoor door, CycleOrder order)
    {
        private readonly Reader reader = Reader.OfApi(order.InEnglish);

        private LedgerMonth Month => order.Month;

        private DateOnly Next => Month.Next.First;

        public IEnumerable<CyclePart> Parts()
        {
            if (MayAsk<GetTrialBalance>())
            {
                yield return new CyclePart(async (package, cancel) =>
                {
                    var balance = await Ask(new GetTrialBalance(Month), cancel);
                    await Add(package, StatementFiles.NameOf(balance), StatementFiles.Sheets(reader, balance), cancel);
                });
            }

            if (MayAsk<GetPartyStatement>())
            {
                yield return new CyclePart(Statements);
            }

            if (MayAsk<ListObligations>())
            {
                yield return Table("sums-due", Tables.Obligations, new ListObligations(DueFrom: Month.First, DueBefore: Next));
            }

            if (MayAsk<GetAgreementTimeline>())
            {
                yield return OfAgreements(Tables.PaymentEvents.Shape, PaymentEvent.All, p => p.Of.Entry);
                yield return OfAgreements(Tables.Ledger.Shape, AgreementPosting.All, p => p.Of.Entry);
                yield return OfAgreements(Tables.Events.Shape, entries => entries, e => e.Entry);
            }

            if (MayAsk<ListIssuedFapiao>())
            {
                yield return Table("fapiao", Tables.Fapiao, new ListIssuedFapiao(IssuedFrom: Month.First, IssuedBefore: Next));
            }

            if (MayAsk<ListBankLines>())
            {
                yield return Table("bank-lines", Tables.BankLines, new ListBankLines(BookedFrom: Month.First, BookedBefore: Next));
            }

            if (MayAsk<ListReconciliations>() && MayAsk<GetReconciliation>())
            {
                var days = new ListReconciliations(Before: Next, From: Month.First);
                yield return Table("reconciliations", Tables.Reconciliations, days);
                yield return Of("reconciliation-differences", Tables.Differences.Shape, cancel => Differences(days, cancel));
            }
        }

        private bool MayAsk<TRequest>() => MayAskAttribute.Of(typeof(TRequest)).Check(order.As) is null;

        private async Task<T> Ask<T>(IQuery<T> query, CancellationToken cancel)
        {
            var answer = await door.Ask(order.As, query, cancel);
            return answer.Refusal is { } refusal ? throw new BrokenOffException(refusal) : answer.Value;
        }

        private async Task<IAsyncEnumerable<IReadOnlyList<TRow>>> Pages<TRequest, TView, TRow>(ExportedTable<TRequest, TView, TRow> table, TRequest request, CancellationToken cancel)
            where TRequest : class, IQuery<TView>
        {
            var pages = await table.Pages(door, order.As, request, cancel);
            return pages.Refusal is { } refusal ? throw new BrokenOffException(refusal) : pages.Value;
        }

        private CyclePart Table<TRequest, TView, TRow>(string name, ExportedTable<TRequest, TView, TRow> table, TRequest request) where TRequest : class, IQuery<TView> =>
            new(async (package, cancel) => await Add(package, name, table.Shape, await Pages(table, request, cancel), cancel));

        private CyclePart Of<TRow>(string name, TableShape<TRow> shape, Func<CancellationToken, IAsyncEnumerable<IReadOnlyList<TRow>>> pages) =>
            new((package, cancel) => Add(package, name, shape, pages(cancel), cancel));

        /// <summary>Of every agreement that may be seen, what was recorded in the month.</summary>
        private CyclePart OfAgreements<TRow>(TableShape<TRow> shape, Func<IReadOnlyList<AgreementEntry>, IReadOnlyList<TRow>> rows, Func<TRow, TimelineEntry> entry) =>
            Of(shape.Name, shape, cancel => InMonth(rows, entry, cancel));

        private async IAsyncEnumerable<IReadOnlyList<TRow>> InMonth<TRow>(
            Func<IReadOnlyList<AgreementEntry>, IReadOnlyList<TRow>> rows, Func<TRow, TimelineEntry> entry, [EnumeratorCancellation] CancellationToken cancel)
        {
            await foreach (var page in (await Pages(Tables.Agreements, new ListAgreements(), cancel)).WithCancellation(cancel))
            {
                foreach (var agreement in page)
                {
                    var timeline = await Ask(new GetAgreementTimeline(agreement.Agreement), cancel);
                    yield return [.. rows(AgreementEntry.Of(agreement.Agreement, timeline)).Where(r => LedgerMonth.Of(entry(r).RecordedAtUtc) == Month)];
                }
            }
        }

        private async IAsyncEnumerable<IReadOnlyList<DifferenceFound>> Differences(ListReconciliations days, [EnumeratorCancellation] CancellationToken cancel)
        {
            await foreach (var page in (await Pages(Tables.Reconciliations, days, cancel)).WithCancellation(cancel))
            {
                foreach (var day in page)
                {
                    yield return DifferenceFound.All(await Ask(new GetReconciliation(day.Provider, day.Day), cancel));
                }
            }
        }

        /// <summary>One's own, with those of a lab's inventors; for the marketplace those of everybody who had any in the month.</summary>
        private async Task Statements(CyclePackage package, CancellationToken cancel)
        {
            if (order.As.Organisation is not null)
            {
                await Statement(package, new GetPartyStatement(Month), isWanted: true, cancel);
                return;
            }

            await foreach (var page in (await Pages(Tables.Organisations, new ListOrganisations(), cancel)).WithCancellation(cancel))
            {
                foreach (var one in page.Where(o => o.Kind != OrganisationKind.Guarantor))
                {
                    await Statement(package, new GetPartyStatement(Month, OrganisationId.Wrap(one.Organisation)), isWanted: false, cancel);
                }
            }
        }

        /// <param name="isWanted">Even if there is nothing in it.</param>
        private async Task Statement(CyclePackage package, GetPartyStatement asked, bool isWanted, CancellationToken cancel)
        {
            var view = await Ask(asked, cancel);
            if (isWanted || view.Statement.Agreements.Count > 0)
            {
                await Add(package, $"statements/{StatementFiles.NameOf(view)}", StatementFiles.Sheets(reader, view), cancel);
            }

            await package.Count(view.Statement.Agreements.Sum(a => a.Lines.Count), cancel); // also of none: whoever waits sees that somebody is at work

            foreach (var (agreement, subject) in view.Subjects.OrderBy(s => s.Key.Value, StringComparer.Ordinal))
            {
                for (var place = 1; asked.Inventor is null && place <= subject.Inventors.Count; place++)
                {
                    await Statement(package, new GetPartyStatement(Month, Agreement: agreement, Inventor: place), isWanted: false, cancel);
                }
            }
        }

        private Task Add<TRow>(CyclePackage package, string name, TableShape<TRow> shape, IAsyncEnumerable<IReadOnlyList<TRow>> pages, CancellationToken cancel) =>
            Add(package, name, [shape.Sheet(reader, Counted(package, pages, cancel))], cancel);

        private Task Add(CyclePackage package, string name, IReadOnlyList<WorkbookSheet> sheets, CancellationToken cancel) =>
            package.Add($"{name}.{SheetFormats.ExtensionOf(order.Format)}", to => SheetFormats.Write(order.Format, to, sheets, cancel), cancel);

        private static async IAsyncEnumerable<IReadOnlyList<TRow>> Counted<TRow>(
            CyclePackage package, IAsyncEnumerable<IReadOnlyList<TRow>> pages, [EnumeratorCancellation] CancellationToken cancel)
        {
            await foreach (var page in pages.WithCancellation(cancel))
            {
                yield return page;
                await package.Count(page.Count, cancel);
            }
        }
    }
}
