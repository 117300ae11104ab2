using Marketplace.Application.Ledger;
using Marketplace.Domain;
using Marketplace.Domain.Agreements;

namespace Marketplace.Host.Components.Words;

public static partial class Names
{
    public static BilingualText Of(MonthState state) => state switch
    {
        MonthState.Running => new("暂计（当月未结束）", "Provisional (the month is not over)"),
        MonthState.Open => new("未结账", "Not closed yet"),
        MonthState.Closed => new("已结账", "Closed"),
    };

    public static BilingualText Of(StatementParty party) => party switch
    {
        StatementParty.Company => new("企业对账单", "Statement of a company"),
        StatementParty.Lab => new("院所对账单", "Statement of a laboratory"),
        StatementParty.Broker => new("技术经理人对账单", "Statement of a broker"),
        StatementParty.Inventor => new("完成人对账单", "Statement of an inventor"),
    };
}
