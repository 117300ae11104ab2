using Marketplace.Domain;
using Marketplace.Domain.Ledger;

namespace Marketplace.Host.Components.Words;

public static class AccountWords
{
    /// <summary>The account's name, with its number when it is one of several.</summary>
    public static BilingualText Of(string account)
    {
        var description = ChartOfAccounts.Describe(account);
        return account.Split(':') is [_, var detail] ? new($"{description.Zh} {detail}", $"{description.En} {detail}") : new(description.Zh, description.En);
    }
}
