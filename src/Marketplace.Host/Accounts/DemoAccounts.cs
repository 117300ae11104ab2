using Marketplace.Domain;

namespace Marketplace.Host.Accounts;

/// <summary>Somebody to try the marketplace as.</summary>
/// <param name="Role">What the account is there to show.</param>
public sealed record DemoAccount(string Mail, string Name, ActorRole Role, BilingualText What)
{
    /// <summary>The same in every database, so that the demo data can name them.</summary>
    public PersonId Person => DerivedId.From<PersonId>("demo-account", Mail);
}

/// <summary>One account of each role, for the demo data of the embedded mode. They have no password: a click on this machine signs in.</summary>
public sealed class DemoAccounts(AccountStore accounts, SecondFactor factor, AccountClock clock) : BackgroundService
{
    public static readonly IReadOnlyList<DemoAccount> All =
    [
        new("lab@demo.example", "林海 Lin Hai", ActorRole.Lab, new("高校院所负责人", "Owner of a laboratory")),
        new("lab-negotiator@demo.example", "孟谈 Meng Tan", ActorRole.Lab, new("高校院所商务", "Negotiator of a laboratory")),
        new("lab-finance@demo.example", "钱明 Qian Ming", ActorRole.Lab, new("高校院所财务", "Finance of a laboratory")),
        new("lab-inventor@demo.example", "示例发明人甲 Inventor A", ActorRole.Lab, new("高校院所完成人", "Inventor of a laboratory")),
        new("company@demo.example", "周企 Zhou Qi", ActorRole.Company, new("企业负责人", "Owner of a company")),
        new("company-signatory@demo.example", "宋签 Song Qian", ActorRole.Company, new("企业签字人", "Signatory of a company")),
        new("company-finance@demo.example", "付清 Fu Qing", ActorRole.Company, new("企业财务", "Finance of a company")),
        new("company-viewer@demo.example", "关看 Guan Kan", ActorRole.Company, new("企业只读成员", "Viewer of a company")),
        new("guarantor@demo.example", "郑保 Zheng Bao", ActorRole.Guarantor, new("担保机构负责人", "Owner of a guarantor")),
        new("broker@demo.example", "陈介 Chen Jie", ActorRole.Broker, new("技术经理人", "Broker")),
        new("administrator@demo.example", "管一 Guan Yi", ActorRole.Administrator, new("管理员兼审批人", "Administrator and approver")),
        new("second-administrator@demo.example", "管二 Guan Er", ActorRole.Administrator, new("另一位管理员兼审批人（双人复核时用）", "Second administrator and approver, where two have to approve")),
        new("auditor@demo.example", "沈计 Shen Ji", ActorRole.Administrator, new("审计员", "Auditor")),
    ];

    public static DemoAccount? Find(string? mail) => All.FirstOrDefault(a => a.Mail == mail);

    /// <summary>The code that this demo account may type just now; null: it is none, or has used up those that would do.</summary>
    public async Task<string?> CodeOf(PersonId person, CancellationToken cancel)
    {
        if (All.All(a => a.Person != person) || await accounts.Find(person, cancel) is not { } account || factor.KeyOf(account) is not { } key)
        {
            return null;
        }

        var now = TimeBasedCode.StepAt(clock.NowUtc);
        var step = Math.Max(now, account.TotpLastStep + 1 ?? now);
        return step > now + 1 ? null : TimeBasedCode.At(key, clock.NowUtc.AddSeconds(30 * (step - now)));
    }

    /// <summary>Makes the account if it is not there yet.</summary>
    public async Task Prepare(DemoAccount demo, CancellationToken cancel)
    {
        if (await accounts.Find(demo.Person, cancel) is not null)
        {
            return;
        }

        await accounts.Add(
            new Account
            {
                Id = demo.Person.Value, Email = demo.Mail, EmailConfirmed = true, Name = demo.Name, CreatedAtUtc = clock.NowUtc,
                TotpKey = factor.SealKey(TimeBasedCode.NewKey()),
            },
            cancel);
    }

    // Beside the start, not in it: whoever clicks sooner has the account made by the click.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        foreach (var demo in All)
        {
            await Prepare(demo, stoppingToken);
        }
    }
}
