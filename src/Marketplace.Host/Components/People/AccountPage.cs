using Marketplace.Domain;
using Marketplace.Host.Accounts;
using Marketplace.Host.Components.Parts;
using Microsoft.AspNetCore.Components;

namespace Marketplace.Host.Components.People;

/// <summary>A page on which people sign in or change who they are: kept nowhere on its way.</summary>
public abstract class AccountPage : MarketplacePage
{
    /// <summary>Where to go when it is done.</summary>
    [SupplyParameterFromQuery]
    public string? Back { get; set; }

    [SupplyParameterFromQuery]
    public string? Done { get; set; }

    protected CancellationToken Cancel => Http.RequestAborted;

    protected SignedInPerson? Who => Http.Person();

    protected string Language => Reader.IsEnglish ? "en" : "zh";

    protected override void OnInitialized() => Http.Response.Headers.CacheControl = "no-store";

    protected static string To(string address, params ReadOnlySpan<(string Key, string? Value)> query)
    {
        var to = address;
        foreach (var (key, value) in query)
        {
            to = value is null ? to : Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(to, key, value);
        }

        return to;
    }

    /// <summary>A form as it was sent. Passwords are read from it, and never shown again.</summary>
    protected TypedForm Sent(params IReadOnlyList<string> fields) => TypedForm.Sent(Reader, Http.Request.Form, fields);

    protected string Secret(string field) => Http.Request.Form[field].ToString();

    /// <summary>True when the form says why not, else the reader goes on.</summary>
    protected void Finish(TypedForm form, Refusal? refusal, string then)
    {
        if (refusal is not null)
        {
            form.Refuse(refusal);
            return;
        }

        Navigation.NavigateTo(then);
    }
}

/// <summary>A page for whoever is signed in; others sign in first and come back.</summary>
public abstract class PersonalPage : AccountPage
{
    /// <summary>The account of whoever is signed in; null while they are sent to sign in.</summary>
    protected Account? Mine { get; private set; }

    [Inject]
    protected AccountStore Accounts { get; set; } = null!;

    [Inject]
    private AccountClock Clock { get; set; } = null!;

    protected SignedInPerson Me => Who ?? throw new InvalidOperationException("Nobody is signed in.");

    protected bool IsProven => Me.IsProven(Clock.NowUtc);

    /// <summary>A passkey or codes guard this account, so that what matters is done by whoever has just used them.</summary>
    protected bool IsGuarded { get; private set; }

    protected string ProveFirst => To(AccountAddress.Prove, ("back", Reader.Address.Path.ToString()));

    protected override async Task OnInitializedAsync()
    {
        if (Who is null)
        {
            Refuse(Application.Door.Refusals.SignInRequired);
            return;
        }

        await Read();
    }

    protected async Task Read()
    {
        Mine = await Accounts.Find(Me.Person, Cancel);
        IsGuarded = Mine?.TotpKey is not null || await Accounts.HasPasskey(Me.Person, Cancel);
    }
}
