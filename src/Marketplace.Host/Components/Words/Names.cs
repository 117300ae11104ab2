using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;

namespace Marketplace.Host.Components.Words;

/// <summary>What the values of the domain are called on pages; a forgotten one does not compile.</summary>
public static partial class Names
{
    public static BilingualText Of(ActorRole role) => role switch
    {
        ActorRole.Visitor => new("访客", "Visitor"),
        ActorRole.Person => new("个人", "Person"),
        ActorRole.Lab => new("高校院所", "Laboratory"),
        ActorRole.Company => new("企业", "Company"),
        ActorRole.Administrator => new("园区管理方", "Administrator"),
        ActorRole.Guarantor => new("担保机构", "Guarantor"),
        ActorRole.Broker => new("技术经理人", "Broker"),
        ActorRole.System => new("系统", "System"),
    };

    public static BilingualText Of(TechnologyField field) => TechnologyFields.NameOf(field);

    public static BilingualText Of(ResultStatus status) => status switch
    {
        ResultStatus.PublicNotice => new("公示中", "Under public notice"),
        ResultStatus.Listed => new("已上架", "Listed"),
        ResultStatus.Suspended => new("已暂停", "Suspended"),
        ResultStatus.Draft => new("草稿", "Draft"),
        ResultStatus.Submitted => new("已提交", "Submitted"),
        ResultStatus.Priced => new("已定价", "Priced"),
        ResultStatus.Withdrawn => new("已撤回", "Withdrawn"),
        ResultStatus.Absent => new("不存在", "Absent"),
    };

    public static BilingualText Of(PricingMethod method) => method switch
    {
        PricingMethod.NegotiatedPrice => new("协议定价", "Negotiated price"),
        PricingMethod.Auction => new("拍卖", "Auction"),
        PricingMethod.ExchangeListing => new("挂牌交易", "Listed on an exchange"),
    };

    public static BilingualText Of(SuspensionReason reason) => reason switch
    {
        SuspensionReason.TitleDispute => new("权属争议", "Dispute over title"),
        SuspensionReason.UnpaidAnnuity => new("年费未缴", "Unpaid annuity"),
    };

    public static BilingualText Of(RightKind kind) => IntellectualProperty.NameOf(kind);

    public static BilingualText Of(RightStatus status) => status switch
    {
        RightStatus.Unregistered => new("未登记", "Unregistered"),
        RightStatus.Pending => new("申请中", "Pending"),
        RightStatus.Granted => new("已授权", "Granted"),
        RightStatus.Lapsed => new("已失效", "Lapsed"),
    };

    public static BilingualText Of(LicenceKind licence) => licence switch
    {
        LicenceKind.NonExclusive => new("普通许可", "Non-exclusive licence"),
        LicenceKind.Sole => new("排他许可", "Sole licence"),
        LicenceKind.Exclusive => new("独占许可", "Exclusive licence"),
        LicenceKind.Assignment => new("转让（付清后过户）", "Assignment once paid"),
    };

    public static BilingualText Of(PaymentModel model) => model switch
    {
        PaymentModel.DeferredLumpSum => new("延后一次付清", "Deferred lump sum"),
        PaymentModel.Instalments => new("分期", "Instalments"),
        PaymentModel.Milestone => new("里程碑付款", "Milestone payment"),
        PaymentModel.RunningRoyalty => new("销售提成", "Royalty on sales"),
        PaymentModel.TieredRoyalty => new("分档提成", "Tiered royalty"),
        PaymentModel.MinimumAnnualRoyalty => new("年度最低提成", "Minimum annual royalty"),
        PaymentModel.ConditionalSum => new("附条件付款", "Conditional sum"),
        PaymentModel.EntryFee => new("入门费", "Entry fee"),
        PaymentModel.SteppedRoyalty => new("逐年调整提成", "Royalty stepped by year"),
        PaymentModel.UnitRoyalty => new("按件提成", "Royalty per unit"),
        PaymentModel.ThresholdRoyalty => new("超额提成", "Royalty above a threshold"),
        PaymentModel.IncrementShare => new("增量分成", "Share of an increment"),
        PaymentModel.SublicenceShare => new("分许可收入分成", "Share of sublicence income"),
        PaymentModel.StackingReduction => new("第三方提成抵减", "Reduction for third-party royalties"),
        PaymentModel.CumulativeCap => new("累计封顶", "Cumulative cap"),
        PaymentModel.BuyOut => new("提前买断", "Early buy-out"),
        PaymentModel.EquityConversion => new("先投后股", "Equity conversion"),
    };

    public static BilingualText Of(IncrementMeasure measure) => measure switch
    {
        IncrementMeasure.Profit => new("利润", "profit"),
        IncrementMeasure.OutputValue => new("产值", "output value"),
    };

    public static BilingualText Of(CriterionComparison comparison) => comparison switch
    {
        CriterionComparison.AtLeast => new("不低于", "at least"),
        CriterionComparison.AtMost => new("不高于", "at most"),
        CriterionComparison.Between => new("介于", "between"),
    };

    public static BilingualText Of(MilestoneKind milestone) => milestone switch
    {
        MilestoneKind.FirstCommercialSale => new("首次商业销售", "first commercial sale"),
        MilestoneKind.CumulativeNetSales => new("累计净销售额达标", "cumulative net sales reached"),
        MilestoneKind.RegulatoryApproval => new("取得监管批准", "regulatory approval"),
        MilestoneKind.MassProduction => new("量产", "mass production"),
        MilestoneKind.FinancingRound => new("完成融资", "financing round"),
        MilestoneKind.CertifiedTestResult => new("通过认证检测", "certified test result"),
    };

    public static BilingualText Of(PayDateRule rule) => rule switch
    {
        PayDateRule.Earlier => new("以先到者为准", "whichever comes first"),
        PayDateRule.Later => new("以后到者为准", "whichever comes last"),
    };

    public static BilingualText Of(TierMethod method) => method switch
    {
        TierMethod.Marginal => new("各档只适用本档内的部分", "each rate on the part inside its band"),
        TierMethod.WholeAmount => new("达到某档后全额适用", "the rate of the band reached on the whole amount"),
    };

    public static BilingualText Of(TierBase counted) => counted switch
    {
        TierBase.PerPeriod => new("各期净销售额", "net sales of each period"),
        TierBase.Cumulative => new("转化以来的累计净销售额", "all net sales since conversion"),
    };
}
