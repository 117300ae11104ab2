using Marketplace.Domain.Ledger;

namespace Marketplace.Application.Agreements;

/// <summary>Accounts whose balances are one figure of the settlement overview, without details.</summary>
internal static class SettlementAccounts
{
    /// <summary>What companies owe.</summary>
    public static readonly string[] Receivable = [ChartOfAccounts.ReceivablePrincipal, ChartOfAccounts.ReceivableInterest, ChartOfAccounts.ReceivableCosts];

    /// <summary>What labs, inventors and brokers have not been paid yet.</summary>
    public static readonly string[] Payable = [ChartOfAccounts.LabUndistributed, ChartOfAccounts.LabPayable, "inventor.payable", ChartOfAccounts.BrokerPayable];
}
