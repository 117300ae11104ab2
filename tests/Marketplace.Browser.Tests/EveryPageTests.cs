using Marketplace.Application.Door;
using Marketplace.Domain;
using Microsoft.Playwright;
using Xunit;

namespace Marketplace.Browser.Tests;

/// <summary>What holds for every page, in both languages and both themes.</summary>
public sealed class EveryPageTests(Site site)
{
    private static readonly Dictionary<string, Func<Market, (string Address, Principal? As)>> PagesOf = new()
    {
        ["catalog"] = _ => ("/", null),
        ["catalog filtered"] = _ => ("/?text=海河&field=NewEnergy&field=NewMaterials&region=12&order=TitleFirst", null),
        ["catalog without a find"] = _ => ("/?text=永动机", null),
        ["catalog with a wrong filter"] = _ => ("/?field=Alchemy", null),
        ["result with offers"] = m => ($"/results/{m.Battery}", null),
        ["result of the lab"] = m => ($"/results/{m.Catalyst}", m.Lab),
        ["result under notice"] = m => ($"/results/{m.Interface}", null),
        ["templates"] = _ => ("/templates", null),
        ["template"] = _ => ("/templates/tripartite-guarantee", null),
        ["contract of a template"] = m => ($"/agreements/{m.Negotiated}/contract", m.Lab),
        ["contract with an annex"] = m => ($"/agreements/{m.Tried}/contract", m.Lab),
        ["contract of free terms, amended"] = m => ($"/agreements/{m.Late}/contract", m.Company),
        ["quote of an offer"] = m => ($"/offers/{m.Offer}/quote?sales=1000000&growth=10&trial=3&events=all", null),
        ["quote that cannot be read"] = m => ($"/offers/{m.Offer}/quote?sales=viel", null),
        ["sign-in"] = _ => ("/development/sign-in", null),
        ["home of the lab"] = m => ("/home", m.Lab),
        ["home of a lab without an agreement"] = m => ("/home", m.OtherLab),
        ["home of the company"] = m => ("/home", m.Company),
        ["home of a company in trial"] = m => ("/home", m.OtherCompany),
        ["home of a guarantor"] = m => ("/home", m.Guarantor),
        ["home of a broker"] = m => ("/home", m.Broker),
        ["home of the administrator"] = _ => ("/home", Market.Administrator),
        ["home of a visitor"] = _ => ("/home", null),
        ["trial to decide"] = m => ($"/agreements/{m.Tried}/decide", m.OtherCompany),
        ["trial that is decided"] = m => ($"/agreements/{m.Late}/decide", m.Company),
        ["register"] = _ => ("/account/register", null),
        ["registered"] = _ => ("/account/register?done=sent", null),
        ["account sign-in"] = _ => ("/account/sign-in", null),
        ["account code that lapsed"] = _ => ("/account/sign-in/code", null),
        ["forgotten password"] = _ => ("/account/forgot", null),
        ["reset by a void link"] = _ => ("/account/reset?note=x", null),
        ["reset"] = _ => ("/account/reset?note={reset}", null),
        ["confirm by a void link"] = _ => ("/account/confirm?note=x", null),
        ["confirm"] = _ => ("/account/confirm?note={confirm}", null),
        ["new mail of nobody"] = _ => ("/account/confirm-mail?note=x", null),
        ["new mail by a void link of a demo account"] = _ => ("/account/confirm-mail?note=x", null),
        ["teams of a demo account"] = _ => ("/account/teams", null),
        ["teams of nobody"] = _ => ("/account/teams", null),
        ["account of nobody"] = _ => ("/account", null),
        ["account"] = _ => ("/account", null),
        ["passkeys"] = _ => ("/account/passkeys", null),
        ["account to erase"] = _ => ("/account/erase", null),
        ["tokens of a demo account"] = _ => ("/account/tokens", null),
        ["prove without a means"] = _ => ("/account/prove", null),
        ["prove of a demo account"] = _ => ("/account/prove", null),
        ["codes of a demo account"] = _ => ("/account/codes", null),
        ["notices"] = _ => ("/notices", null),
        ["notices filtered"] = _ => ("/notices?topic=Money&unread=true", null),
        ["notices of nobody"] = _ => ("/notices", null),
        ["notices without any"] = _ => ("/notices", null),
        ["notice choices"] = _ => ("/account/notices", null),
        ["unsent mails"] = _ => ("/unsent-mails", Market.Administrator),
        ["agreements"] = _ => ("/agreements", Market.Administrator),
        ["agreements in no such state"] = m => ("/agreements?state=Closed", m.Company),
        ["agreement of the company"] = m => ($"/agreements/{m.Late}", m.Company),
        ["agreement of the lab"] = m => ($"/agreements/{m.Late}", m.Lab),
        ["agreement applied for"] = m => ($"/agreements/{m.Fresh}", m.Lab),
        ["negotiation"] = m => ($"/agreements/{m.Negotiated}/negotiation", m.Lab),
        ["negotiation of free terms"] = m => ($"/agreements/{m.Late}/negotiation", Market.Administrator),
        ["trial"] = m => ($"/agreements/{m.Tried}/trial", m.Lab),
        ["trial without criteria"] = m => ($"/agreements/{m.Late}/trial", m.Company),
        ["sales reports of the company"] = m => ($"/agreements/{m.Late}/reports", m.Company),
        ["sales reports of the lab"] = m => ($"/agreements/{m.Late}/reports", m.Lab),
        ["fapiao of the lab"] = m => ($"/agreements/{m.Late}/obligations/2/fapiao", m.Lab),
        ["fapiao of the company"] = m => ($"/agreements/{m.Late}/obligations/2/fapiao", m.Company),
        ["fapiao of what is not invoiced"] = m => ($"/agreements/{m.Late}/obligations/1/fapiao", m.Lab),
        ["shares"] = m => ("/shares", m.Inventor),
        ["share"] = m => ($"/shares/{m.Late}", m.Inventor),
        ["public notices"] = _ => ("/public-notices", null),
        ["disputes"] = _ => ("/disputes", Market.Administrator),
        ["statistics"] = _ => ("/statistics", Market.Administrator),
        ["statistics of a year"] = _ => ("/statistics?year=2026", Market.Administrator),
        ["reports at risk"] = _ => ("/reports-at-risk", Market.Administrator),
        ["anomalies"] = _ => ("/anomalies", Market.Administrator),
        ["anomalies of a kind without any"] = _ => ("/anomalies?kind=SelfGuarantee", Market.Administrator),
        ["sums owed"] = _ => ("/obligations", Market.Administrator),
        ["sums that lack fapiao"] = m => ("/obligations?lacksFapiao=true", m.Lab),
        ["payments"] = _ => ("/payments", Market.Administrator),
        ["pay"] = m => ($"/agreements/{m.Late}/pay", m.Company),
        ["pay as the administrator sees it"] = m => ($"/agreements/{m.Late}/pay", Market.Administrator),
        ["payment sheet"] = m => ($"/agreements/{m.Late}/obligations/2/transfer", m.Company),
        ["payment sheet of two"] = m => ($"/agreements/{m.Late}/transfer?obligation=1&obligation=2", m.Company),
        ["payment sheet of a stranger"] = m => ($"/agreements/{m.Late}/obligations/2/transfer", m.OtherCompany),
        ["payment that failed"] = m => ($"/agreements/{m.Late}/payments/{m.Declined}", m.Company),
        ["provider's page of a payment that failed"] = m => ($"/agreements/{m.Late}/payments/{m.Declined}/page", m.Company),
        ["payment settings of a company"] = m => ("/payment-settings", m.Company),
        ["payment settings of a lab"] = m => ("/payment-settings", m.Lab),
        ["money of an agreement"] = m => ($"/agreements/{m.Late}/money", Market.Administrator),
        ["settlement"] = _ => ("/settlement", Market.Administrator),
        ["figure of the settlement"] = _ => ("/settlement/figure?figure=Received&currency=CNY", Market.Administrator),
        ["balances of an account"] = _ => ("/settlement/postings?account=cash&currency=CNY", Market.Administrator),
        ["account without a balance"] = _ => ("/settlement/postings?account=disputed&currency=CNY", Market.Administrator),
        ["postings of an account"] = m => ($"/settlement/postings?account=receivable.principal&currency=CNY&agreement={m.Late}", Market.Administrator),
        ["statement of the company"] = m => ("/statements?month=2026-01", m.Company),
        ["statement of the lab"] = m => ("/statements?month=2026-01", m.Lab),
        ["statement of an inventor"] = m => ($"/statements?month=2026-01&agreement={m.Late}&inventor=1", m.Lab),
        ["statement without a movement"] = m => ("/statements?month=2026-01", m.OtherCompany),
        ["trial balance"] = _ => ("/statements?month=2026-01", Market.Administrator),
        ["statement of a wrong code"] = _ => ("/statements?uscc=91350100M000100Y44", Market.Administrator),
        ["exports"] = _ => ("/exports", Market.Administrator),
        ["exports of nobody yet"] = m => ("/exports", m.OtherCompany),
        ["export that waits"] = m => ($"/exports/{m.Waiting}", m.Lab),
        ["export that is finished"] = m => ($"/exports/{m.Exported}", Market.Administrator),
        ["export of somebody else"] = m => ($"/exports/{m.Exported}", m.Company),
        ["bank"] = _ => ("/bank", Market.Administrator),
        ["bank statements"] = _ => ("/bank/statements", Market.Administrator),
        ["bank statement"] = m => ($"/bank/statements/{m.Statement}", Market.Administrator),
        ["bank lines"] = _ => ("/bank/lines", Market.Administrator),
        ["bank lines of no such kind"] = _ => ("/bank/lines?status=Ignored", Market.Administrator),
        ["bank line"] = m => ($"/bank/lines/{m.Parked}", Market.Administrator),
        ["bank payments"] = _ => ("/bank/payments", Market.Administrator),
        ["payout account to reject"] = m => ($"/bank/payments?reject={m.Payee}", Market.Administrator),
        ["CSV mappings"] = _ => ("/bank/mappings", Market.Administrator),
        ["new CSV mapping"] = _ => ("/bank/mappings/new", Market.Administrator),
        ["CSV mapping"] = m => ($"/bank/mappings/{m.Mapping}", Market.Administrator),
        ["provider notices"] = _ => ("/provider-notices", Market.Administrator),
        ["provider notice to replay"] = _ => ("/provider-notices?replay=stripe:evt_1", Market.Administrator),
        ["quarantine"] = _ => ("/quarantine", Market.Administrator),
        ["reconciliation"] = _ => ("/reconciliation", Market.Administrator),
        ["movement to explain"] = _ => ("/reconciliation?explain=stripe:txn_1", Market.Administrator),
        ["organisations"] = _ => ("/organisations", Market.Administrator),
        ["organisation to decide on"] = m => ($"/organisations?decide={m.Lab.Organisation}", Market.Administrator),
        ["records"] = _ => ("/records", Market.Administrator),
        ["records that do not fit"] = _ => ("/records?type=nothing-such", Market.Administrator),
        ["record"] = m => ($"/records/details?stream=organisation/{m.Lab.Organisation}&version=1", Market.Administrator),
        ["team of the lab"] = m => ("/team", m.Lab),
        ["team of the marketplace"] = _ => ("/team", Market.Administrator),
        ["new organisation of nobody"] = _ => ("/organisations/new", null),
        ["invitation that is none"] = _ => ("/account/join?invitation=inv_0&secret=x", null),
        ["development mail"] = _ => ("/development/mail", null),
        ["time to move"] = _ => ("/development/time", Market.Administrator),
        ["our results"] = m => ("/results/mine", m.OtherLab),
        ["no such results"] = m => ("/results/mine?status=Withdrawn", m.Lab),
        ["new result"] = m => ("/results/new", m.Lab),
        ["draft to revise"] = m => ($"/results/{m.Draft}/edit", m.Lab),
        ["draft to hand in"] = m => ($"/results/{m.Draft}/manage", m.Lab),
        ["listed result to manage"] = m => ($"/results/{m.Battery}/manage", m.Lab),
        ["result under notice to manage"] = m => ($"/results/{m.Interface}/manage", m.OtherLab),
        ["result with files"] = m => ($"/results/{m.Battery}", m.OtherCompany),
        ["files of the lab"] = m => ($"/results/{m.Battery}/files", m.Lab),
        ["files without any"] = m => ($"/results/{m.Interface}/files", m.OtherLab),
        ["files of another lab"] = m => ($"/results/{m.Battery}/files", m.OtherLab),
        ["downloads"] = m => ($"/results/{m.Battery}/files/accesses", Market.Administrator),
        ["downloads of nobody yet"] = m => ($"/results/{m.Catalyst}/files/accesses", m.Lab),
        ["confidentiality agreement to sign"] = m => ($"/results/{m.Battery}/confidentiality", m.Company),
        ["confidentiality agreement signed before"] = m => ($"/results/{m.Battery}/confidentiality", m.OtherCompany),
        ["confidentiality agreement"] = m => ($"/confidentiality/{m.Confidentiality}", m.Lab),
        ["evidence of the lab"] = m => ($"/agreements/{m.Late}/evidence", m.Lab),
        ["evidence before there can be any"] = m => ($"/agreements/{m.Fresh}/evidence", m.OtherCompany),
        ["objection"] = m => ($"/results/{m.Interface}/object", null),
        ["objection too late"] = m => ($"/results/{m.Battery}/object", null),
        ["templates of an offer"] = m => ($"/results/{m.Battery}/offer", m.Lab),
        ["offer to make"] = m => ($"/results/{m.Battery}/offer?template=exclusive-milestones-tiered-royalty", m.Lab),
        ["offer to write freely"] = m => ($"/results/{m.Battery}/offer?template=free", m.Lab),
        ["terms to write freely"] = m => ($"/agreements/{m.Negotiated}/negotiation/propose?template=free", m.Lab),
        ["amendment to propose"] = m => ($"/agreements/{m.Late}/amendment", m.Lab),
        ["amendment too early"] = m => ($"/agreements/{m.Fresh}/amendment", m.OtherCompany),
        ["needs"] = _ => ("/needs", null),
        ["needs of a company"] = m => ("/needs?text=电池&field=NewEnergy", m.Company),
        ["needs that have ended"] = m => ("/needs?ended=true", m.Lab),
        ["needs without a find"] = _ => ("/needs?text=永动机", null),
        ["need of nobody"] = m => ($"/needs/{m.Need}", null),
        ["need of its company"] = m => ($"/needs/{m.Need}", m.Company),
        ["need of a lab"] = m => ($"/needs/{m.Need}", m.Lab),
        ["need of the administrator"] = m => ($"/needs/{m.Need}", Market.Administrator),
        ["need that is closed"] = m => ($"/needs/{m.ClosedNeed}", m.OtherCompany),
        ["new need"] = m => ("/needs/new", m.Company),
        ["need to change"] = m => ($"/needs/{m.Need}/edit", m.Company),
        ["need of somebody else"] = m => ($"/needs/{m.Need}/edit", m.OtherCompany),
        ["our needs"] = m => ("/needs/mine", m.Company),
        ["all needs"] = _ => ("/needs/mine", Market.Administrator),
        ["suggestions of the lab"] = m => ("/needs/suggestions", m.Lab),
        ["suggestions that wait"] = m => ("/needs/suggestions?waiting=true", m.Company),
        ["suggestions of nobody yet"] = m => ("/needs/suggestions", m.OtherLab),
        ["saved searches of a demo account"] = _ => ("/account/searches", null),
        ["no saved search"] = _ => ("/account/searches", null),
        ["saved searches of nobody"] = _ => ("/account/searches", null),
        ["search to save of a demo account"] = _ => ("/?text=电池&field=NewEnergy", null),
        ["application"] = m => ($"/offers/{m.Offer}/apply", m.Company),
        ["application to answer"] = m => ($"/agreements/{m.Fresh}/negotiation", m.Lab),
        ["terms to propose"] = m => ($"/agreements/{m.Negotiated}/negotiation/propose", m.Lab),
        ["terms to propose from none"] = m => ($"/agreements/{m.Fresh}/negotiation/propose", m.OtherCompany),
        ["signed agreement"] = m => ($"/agreements/{m.Late}/sign", m.Lab),
        ["nothing to sign yet"] = m => ($"/agreements/{m.Negotiated}/sign", m.Lab),
        ["filing and delivery"] = m => ($"/agreements/{m.Late}/delivery", m.Lab),
        ["income"] = m => ($"/agreements/{m.Late}/income", m.Lab),
        ["matters of the lab"] = m => ($"/agreements/{m.Late}/matters", m.Lab),
        ["matters of the company"] = m => ($"/agreements/{m.Late}/matters", m.Company),
        ["matters of the administrator"] = m => ($"/agreements/{m.Late}/matters", Market.Administrator),
        ["negotiation of a viewer"] = m => ($"/agreements/{m.Negotiated}/negotiation", m.Lab with { Duties = Duty.Read }),
        ["trial to decide of a viewer"] = m => ($"/agreements/{m.Tried}/decide", m.OtherCompany with { Duties = Duty.Read }),
        ["matters of a viewer"] = m => ($"/agreements/{m.Late}/matters", m.Lab with { Duties = Duty.Read }),
        ["terms to propose of a viewer"] = m => ($"/agreements/{m.Negotiated}/negotiation/propose", m.Lab with { Duties = Duty.Read }),
        ["guarantees"] = m => ("/guarantees", m.Guarantor),
        ["not allowed"] = m => ("/settlement", m.Company),
        ["error"] = _ => ("/error/503", null),
        ["not found"] = _ => ("/nothing", null),
        ["failed"] = _ => ("/test/bug", null),
    };

    private static readonly string[] OfSomebody = ["account", "account to erase", "passkeys", "prove without a means", "notices without any", "no saved search"];

    private static readonly string[] OfWhoeverIsTold = ["notices", "notices filtered", "notice choices"];

    /// <summary>All others are 200: a page that is not there must not pass for one that has no faults.</summary>
    private static readonly Dictionary<string, int> StatusOf = new() { ["catalog with a wrong filter"] = 422, ["home of a visitor"] = 401, ["not allowed"] = 403, ["terms to propose of a viewer"] = 403, ["new organisation of nobody"] = 401, ["invitation that is none"] = 404, ["account of nobody"] = 401, ["new mail of nobody"] = 401, ["teams of nobody"] = 401, ["error"] = 503, ["notices of nobody"] = 401, ["need of somebody else"] = 404, ["saved searches of nobody"] = 401, ["payment sheet of a stranger"] = 404, ["files of another lab"] = 404, ["export of somebody else"] = 404, ["not found"] = 404, ["failed"] = 500 };

    public static TheoryData<string> Pages => new(PagesOf.Keys);

    /// <summary>Other tests send mail meanwhile: what lies there cannot be compared.</summary>
    public static TheoryData<string> SteadyPages => new(PagesOf.Keys.Where(page => page != "development mail"));

    /// <summary>Where all these pages are.</summary>
    public static IEnumerable<string> AddressesIn(Market market) => PagesIn(market).Select(page => page.Address);

    /// <summary>The same, and as whom they are opened where no account is needed.</summary>
    public static IEnumerable<(string Address, Principal? As)> PagesIn(Market market) => PagesOf.Values.Select(page => page(market));

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task In_every_guise_axe_finds_nothing_and_nothing_is_wider_than_the_window(string page)
    {
        await using var visit = await Open(page, new Guise());
        foreach (var (language, dark, width) in Guises)
        {
            await visit.ComeAgain(language, dark, width);
            Assert.Equal(dark ? "dark" : "light", await visit.Page.Locator("html").GetAttributeAsync("data-bs-theme"));
            await visit.FitsItsWindow();
            await visit.IsAccessible();
            await visit.Shoot($"{page.Replace(' ', '-')}-{language}-{width}{(dark ? "-dark" : "")}");
            if (language == "en")
            {
                Assert.Empty(await OwnChinese(visit));
            }
        }
    }

    [Theory]
    [MemberData(nameof(SteadyPages))]
    public async Task Without_JavaScript_the_page_says_the_same(string page)
    {
        await using var with = await Open(page, new Guise());
        await using var without = await Open(page, new Guise(JavaScript: false));
        Assert.Equal(await with.MainText(), await without.MainText());
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Print_leaves_out_what_paper_cannot_use(string page)
    {
        await using var visit = await Open(page, new Guise());
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Navigation)).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Heading).ToBeVisibleAsync();
        Assert.NotEmpty(await visit.Page.PdfAsync());
    }

    /// <summary>Each language in each theme at a desk, and each theme on a phone.</summary>
    internal static IEnumerable<(string Language, bool Dark, int Width)> Guises =>
        [("zh", false, 1400), ("zh", true, 1400), ("en", false, 1400), ("en", true, 1400), ("zh", false, 390), ("en", true, 390)];

    /// <summary>Chinese in what the site itself says; the sandbox mark speaks both languages to everybody.</summary>
    private static Task<string[]> OwnChinese(Visit visit) => visit.Page.EvaluateAsync<string[]>(
        "() => [...document.querySelectorAll('h1, h2, h3, dt, label, button, th, summary, nav a')].map(e => e.cloneNode(true))"
        + ".map(e => { e.querySelectorAll('.sandbox-mark, [translate=no]').forEach(m => m.remove()); return e.textContent; }).filter(t => /[\\u4e00-\\u9fff]/.test(t))");

    private async Task<Visit> Open(string page, Guise guise)
    {
        var (address, principal) = PagesOf[page](site.Market);
        address = address.Replace("{reset}", Uri.EscapeDataString(site.People.ResetNote), StringComparison.Ordinal).Replace("{confirm}", Uri.EscapeDataString(site.People.ConfirmNote), StringComparison.Ordinal);
        var session = OfSomebody.Contains(page) ? site.People.Somebody : OfWhoeverIsTold.Contains(page) ? site.People.Told : page.EndsWith("demo account", StringComparison.Ordinal) ? site.People.Demo : null;
        var visit = await site.Visit(address, guise with { As = principal, Session = session });
        Assert.Equal(StatusOf.GetValueOrDefault(page, 200), visit.Status);
        return visit;
    }
}
