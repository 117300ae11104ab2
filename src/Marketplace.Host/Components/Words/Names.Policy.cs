using Marketplace.Domain;
using Marketplace.Domain.Policy;

namespace Marketplace.Host.Components.Words;

public static partial class Names
{
    public static BilingualText Of(AnomalyKind kind) => kind switch
    {
        AnomalyKind.SameBody => new("同一主体", "The same body on both sides"),
        AnomalyKind.SamePerson => new("同一人或同一联系方式", "The same person on both sides"),
        AnomalyKind.SelfGuarantee => new("第三方即企业自己", "The third party is the company"),
        AnomalyKind.SplitContract => new("拆分合同", "A contract in parts"),
        AnomalyKind.RoyaltyBelowPeers => new("提成率远低于同领域", "A royalty far below its field"),
        AnomalyKind.SalesFallNearThreshold => new("临近门槛销售下降", "Sales fall before a threshold"),
    };
}
