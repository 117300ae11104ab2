namespace Marketplace.Domain.Ledger;

/// <summary>
/// The accounts of the settlement ledger, kept per agreement. Debits are positive, credits negative, and everything sums to zero.
/// The platform keeps these books for the parties: what the company owes is an asset held for the lab until it is collected.
/// </summary>
public static class ChartOfAccounts
{
    /// <summary>Asset. Client money at the bank or the payment provider; without a detail, what an administrator has entered by hand.</summary>
    public const string Cash = "cash";

    /// <summary>Asset. Money that a cardholder's bank has taken back, until it is decided whose it is.</summary>
    public const string Disputed = "disputed";

    /// <summary>Asset (negative while money is on its way out). Payouts and refunds ordered but not yet confirmed.</summary>
    public const string InTransit = "cash.in-transit";

    /// <summary>Asset. Invoiced fees the company owes: the principal.</summary>
    public const string ReceivablePrincipal = "receivable.principal";

    /// <summary>Asset. Late interest the company owes.</summary>
    public const string ReceivableInterest = "receivable.interest";

    /// <summary>Asset. Costs of enforcement the company owes.</summary>
    public const string ReceivableCosts = "receivable.costs";

    /// <summary>Liability. Claims held for the lab that are not collected yet; mirrors the receivables.</summary>
    public const string LabUncollected = "lab.uncollected";

    /// <summary>Liability. Collected for the lab after the platform fee; not yet divided between lab and inventors.</summary>
    public const string LabUndistributed = "lab.undistributed";

    /// <summary>Liability. The lab's own share, ready to be paid out.</summary>
    public const string LabPayable = "lab.payable";

    /// <summary>Liability. The broker's share of what the lab has received, ready to be paid out.</summary>
    public const string BrokerPayable = "broker.payable";

    /// <summary>Liability. The company's money that no obligation has claimed: surplus, early or in another currency.</summary>
    public const string Unapplied = "unapplied";

    /// <summary>Revenue. The platform's fee.</summary>
    public const string PlatformFee = "platform.fee";

    /// <summary>Expense of the platform. What payment providers keep for their work.</summary>
    public const string ProviderFee = "provider.fee";

    /// <summary>Liability. Tax withheld of payouts, to be remitted for the payees.</summary>
    public const string TaxPayable = "tax.payable";

    /// <summary>Asset. Client money at one payment provider: <c>cash:stripe</c>.</summary>
    /// <param name="provider">Its name; null: nobody's, entered by hand.</param>
    public static string CashAt(string? provider) => provider is null ? Cash : $"{Cash}:{provider}";

    /// <summary>Whether it is client money, at whichever provider.</summary>
    public static bool IsCash(string account) => account == Cash || account.StartsWith(Cash + ":", StringComparison.Ordinal);

    /// <summary>Asset. The balance with a payment provider, as its own account of it has it.</summary>
    public static string AtProvider(string provider) => $"provider:{provider}";

    /// <summary>Asset. One of the platform's own bank accounts, as its statements have it.</summary>
    public static string BankAccount(string id) => $"bank:{id}";

    /// <summary>
    /// Liability. What is on the platform's accounts with banks and providers and belongs to no agreement: the bank's fees and interest, money sent by mistake.
    /// Remitted tax passes through it: many agreements' in one transfer.
    /// </summary>
    public const string BankOther = "bank.other";

    /// <summary>Liability. One inventor's share of the income, ready to be paid out.</summary>
    public static string InventorPayable(int inventor) => $"inventor.payable:{inventor}";

    /// <summary>Whose share an account holds; null: no inventor's.</summary>
    public static int? InventorOf(string account) =>
        account.Split(':') is ["inventor.payable", var place] && int.TryParse(place, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var inventor) ? inventor : null;

    /// <summary>The account as it can be summed over agreements: which inventor it is says nothing outside of one.</summary>
    public static string OfAllAgreements(string account) => account.StartsWith("inventor.payable:", StringComparison.Ordinal) ? "inventor.payable" : account;

    /// <summary>Every account with its kind and meaning, for pages and documents.</summary>
    public static readonly IReadOnlyList<AccountDescription> All =
    [
        new(Cash, AccountKind.Asset, "客户资金（银行或支付机构）", "Client money at the bank or provider"),
        new("bank", AccountKind.Asset, "银行账户（按对账单）", "Bank account, by its statements"),
        new(BankOther, AccountKind.Liability, "银行及渠道账户中与合同无关的款项", "On bank and provider accounts, of no agreement"),
        new("provider", AccountKind.Asset, "支付渠道余额（按渠道账单）", "Balance with a provider, by its own account"),
        new(Disputed, AccountKind.Asset, "拒付争议中的资金", "Money held in chargebacks"),
        new(InTransit, AccountKind.Asset, "在途资金（已指令未确认）", "Money ordered out, not yet confirmed"),
        new(ReceivablePrincipal, AccountKind.Asset, "应收许可费", "Licence fees receivable"),
        new(ReceivableInterest, AccountKind.Asset, "应收逾期利息", "Late interest receivable"),
        new(ReceivableCosts, AccountKind.Asset, "应收实现债权费用", "Enforcement costs receivable"),
        new(LabUncollected, AccountKind.Liability, "代实验室持有的未收债权", "Claims held for the lab, uncollected"),
        new(LabUndistributed, AccountKind.Liability, "已收待分配收益", "Collected income awaiting distribution"),
        new(LabPayable, AccountKind.Liability, "应付实验室", "Payable to the lab"),
        new(BrokerPayable, AccountKind.Liability, "应付技术经理人", "Payable to the broker"),
        new("inventor.payable", AccountKind.Liability, "应付发明人", "Payable to an inventor"),
        new(TaxPayable, AccountKind.Liability, "应交代扣税款", "Withheld tax payable"),
        new(Unapplied, AccountKind.Liability, "未分配收款", "Unapplied cash"),
        new(PlatformFee, AccountKind.Revenue, "平台服务费", "Platform fee"),
        new(ProviderFee, AccountKind.Expense, "支付渠道手续费", "Fees of payment providers"),
    ];

    /// <summary>The description of an account, with or without its detail after the colon.</summary>
    public static AccountDescription Describe(string account) =>
        All.Single(a => a.Code == account.Split(':')[0]);
}

public sealed record AccountDescription(string Code, AccountKind Kind, string Zh, string En);

public enum AccountKind
{
    Asset,
    Liability,
    Revenue,
    Expense,
}
