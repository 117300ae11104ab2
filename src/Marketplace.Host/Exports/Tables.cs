using Marketplace.Application.Door;
using Marketplace.Domain;

namespace Marketplace.Host.Exports;

/// <summary>All tables that can be taken away, each once: for both formats, for pages, the API and the file of a month.</summary>
public static partial class Tables
{
    public static IReadOnlyList<ExportedTable> All =>
    [
        Agreements, Obligations, PaymentIntents, Fapiao, Ledger, PaymentEvents, Events, ReportsAtRisk,
        BankAccounts, BankLines, BankStatements, BankPayments, PaymentBatches, PayoutAccounts,
        AccountBalances, Postings, Figure, Notices, Quarantine, Reconciliations, Differences,
        Records, Organisations, Results, OurResults, FileAccesses, Confidentiality, OwnShares, Needs, OwnNeeds, Suggestions,
        CohortsByQuarter, CohortsByField, CohortsByLab, Subsidies, Anomalies,
    ];

    private static TableShape<TRow> Shape<TRow>(string name, string zh, string en, Func<ColumnsOf<TRow>, IReadOnlyList<TableColumn<TRow>>> columns) =>
        new(name, new(zh, en), columns(new ColumnsOf<TRow>()));

    /// <param name="at">The request for the page after a marker, or for the first.</param>
    private static ExportedTable<TRequest, Page<TRow>, TRow> Paged<TRequest, TRow>(string pattern, TableShape<TRow> shape, Func<TRequest, string?, TRequest> at)
        where TRequest : class, IQuery<Page<TRow>> =>
        new(pattern, shape, asked => at(asked, null), (asked, page) => page.Next is { } next ? at(asked, next) : null, (_, page) => page.Items);

    /// <summary>A list that is answered as a whole.</summary>
    private static ExportedTable<TRequest, TView, TRow> Whole<TRequest, TView, TRow>(string pattern, TableShape<TRow> shape, Func<TRequest, TView, IReadOnlyList<TRow>> rows)
        where TRequest : class, IQuery<TView> =>
        new(pattern, shape, asked => asked, (_, _) => null, rows);

    private static string Joined(Components.Reader reader, IEnumerable<BilingualText> texts) => string.Join(reader.T("、", ", "), texts.Select(reader.T));
}
