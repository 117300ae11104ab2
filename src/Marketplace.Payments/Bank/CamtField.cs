namespace Marketplace.Payments.Bank;

/// <summary>What is looked at in a camt.053; everything else is passed over.</summary>
internal enum CamtField
{
    None,
    Statement,
    StatementId,
    Page,
    From,
    To,
    AccountNumber,
    AccountCurrency,
    Balance,
    BalanceType,
    BalanceAmount,
    BalanceDirection,
    Count,
    CountOfCredits,
    CountOfDebits,
    Entry,
    EntryAmount,
    EntryDirection,
    EntryReversal,
    EntryStatus,
    EntryBookedOn,
    EntryValueOn,
    EntryReference,
    EntryCounterValue,
    EntryInstructed,
    EntryText,
    BatchId,
    Detail,
    DetailReference,
    DetailEndToEndId,
    DetailAmount,
    DetailAmountWithin,
    DetailInstructed,
    DetailDirection,
    DebtorName,
    DebtorAccount,
    CreditorName,
    CreditorAccount,
    DetailText,
    DetailStructuredReference,
}

/// <summary>
/// Where the fields stand, in all versions at once: they have the same names, and where a later version put an element around another
/// (<c>Sts/Cd</c>, <c>Dbtr/Pty</c>, <c>BICFI</c>), both places are told.
/// </summary>
internal sealed class CamtNode
{
    private const string Within = "BkToCstmrStmt/Stmt";
    private const string Entries = $"{Within}/Ntry";
    private const string Details = $"{Entries}/NtryDtls/TxDtls";

    public static readonly CamtNode Document = Of(
        (Within, CamtField.Statement),
        ($"{Within}/Id", CamtField.StatementId),
        ($"{Within}/StmtPgntn/PgNb", CamtField.Page),
        ($"{Within}/FrToDt/FrDtTm", CamtField.From),
        ($"{Within}/FrToDt/ToDtTm", CamtField.To),
        ($"{Within}/Acct/Id/IBAN", CamtField.AccountNumber),
        ($"{Within}/Acct/Id/Othr/Id", CamtField.AccountNumber),
        ($"{Within}/Acct/Ccy", CamtField.AccountCurrency),
        ($"{Within}/Bal", CamtField.Balance),
        ($"{Within}/Bal/Tp/CdOrPrtry/Cd", CamtField.BalanceType),
        ($"{Within}/Bal/Amt", CamtField.BalanceAmount),
        ($"{Within}/Bal/CdtDbtInd", CamtField.BalanceDirection),
        ($"{Within}/TxsSummry/TtlNtries/NbOfNtries", CamtField.Count),
        ($"{Within}/TxsSummry/TtlCdtNtries/NbOfNtries", CamtField.CountOfCredits),
        ($"{Within}/TxsSummry/TtlDbtNtries/NbOfNtries", CamtField.CountOfDebits),
        (Entries, CamtField.Entry),
        ($"{Entries}/Amt", CamtField.EntryAmount),
        ($"{Entries}/CdtDbtInd", CamtField.EntryDirection),
        ($"{Entries}/RvslInd", CamtField.EntryReversal),
        ($"{Entries}/Sts", CamtField.EntryStatus),
        ($"{Entries}/Sts/Cd", CamtField.EntryStatus),
        ($"{Entries}/Sts/Prtry", CamtField.EntryStatus),
        ($"{Entries}/BookgDt/Dt", CamtField.EntryBookedOn),
        ($"{Entries}/BookgDt/DtTm", CamtField.EntryBookedOn),
        ($"{Entries}/ValDt/Dt", CamtField.EntryValueOn),
        ($"{Entries}/ValDt/DtTm", CamtField.EntryValueOn),
        ($"{Entries}/AcctSvcrRef", CamtField.EntryReference),
        ($"{Entries}/AmtDtls/CntrValAmt/Amt", CamtField.EntryCounterValue),
        ($"{Entries}/AmtDtls/TxAmt/Amt", CamtField.EntryCounterValue),
        ($"{Entries}/AmtDtls/InstdAmt/Amt", CamtField.EntryInstructed),
        ($"{Entries}/AddtlNtryInf", CamtField.EntryText),
        ($"{Entries}/NtryDtls/Btch/PmtInfId", CamtField.BatchId),
        (Details, CamtField.Detail),
        ($"{Details}/Refs/AcctSvcrRef", CamtField.DetailReference),
        ($"{Details}/Refs/EndToEndId", CamtField.DetailEndToEndId),
        ($"{Details}/Amt", CamtField.DetailAmount),
        ($"{Details}/CdtDbtInd", CamtField.DetailDirection),
        ($"{Details}/AmtDtls/TxAmt/Amt", CamtField.DetailAmountWithin),
        ($"{Details}/AmtDtls/CntrValAmt/Amt", CamtField.DetailAmountWithin),
        ($"{Details}/AmtDtls/InstdAmt/Amt", CamtField.DetailInstructed),
        ($"{Details}/RltdPties/Dbtr/Nm", CamtField.DebtorName),
        ($"{Details}/RltdPties/Dbtr/Pty/Nm", CamtField.DebtorName),
        ($"{Details}/RltdPties/Dbtr/Agt/FinInstnId/Nm", CamtField.DebtorName),
        ($"{Details}/RltdPties/DbtrAcct/Id/IBAN", CamtField.DebtorAccount),
        ($"{Details}/RltdPties/DbtrAcct/Id/Othr/Id", CamtField.DebtorAccount),
        ($"{Details}/RltdPties/Cdtr/Nm", CamtField.CreditorName),
        ($"{Details}/RltdPties/Cdtr/Pty/Nm", CamtField.CreditorName),
        ($"{Details}/RltdPties/Cdtr/Agt/FinInstnId/Nm", CamtField.CreditorName),
        ($"{Details}/RltdPties/CdtrAcct/Id/IBAN", CamtField.CreditorAccount),
        ($"{Details}/RltdPties/CdtrAcct/Id/Othr/Id", CamtField.CreditorAccount),
        ($"{Details}/RmtInf/Ustrd", CamtField.DetailText),
        ($"{Details}/RmtInf/Strd/AddtlRmtInf", CamtField.DetailText),
        ($"{Details}/RmtInf/Strd/CdtrRefInf/Ref", CamtField.DetailStructuredReference));

    private readonly Dictionary<string, CamtNode> children = new(StringComparer.Ordinal);

    public CamtField Field { get; private set; }

    /// <summary>It holds other fields, so its beginning matters too.</summary>
    public bool IsGroup => Field is CamtField.Statement or CamtField.Balance or CamtField.Entry or CamtField.Detail;

    /// <summary>Null: nobody looks at it.</summary>
    public CamtNode? Child(string localName) => children.GetValueOrDefault(localName);

    private static CamtNode Of(params (string Path, CamtField Field)[] places)
    {
        var root = new CamtNode();
        foreach (var (path, field) in places)
        {
            var node = root;
            foreach (var name in path.Split('/'))
            {
                if (!node.children.TryGetValue(name, out var child))
                {
                    node.children[name] = child = new CamtNode();
                }

                node = child;
            }

            node.Field = field;
        }

        return root;
    }
}
