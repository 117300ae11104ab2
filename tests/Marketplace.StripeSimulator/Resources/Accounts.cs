using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Marketplace.StripeSimulation.State;
using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.Resources;

/// <summary>The platform's own account, or a connected one, as v1 tells of it. v2 tells of the same in its own words.</summary>
internal sealed class Account : DatedObject
{
    public override string Object => "account";

    public bool ChargesEnabled => IsPlatform;

    public required string Country { get; init; }

    public required string DefaultCurrency { get; init; }

    public required bool DetailsSubmitted { get; set; }

    public string? Email { get; init; }

    public Dictionary<string, string> Metadata { get; init; } = [];

    public bool PayoutsEnabled => DetailsSubmitted;

    public string Type => IsPlatform ? "standard" : "none";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Capabilities => IsPlatform ? null : new JsonObject { ["transfers"] = TakesTransfers ? "active" : WantsTransfers ? "pending" : "inactive" };

    internal required bool IsPlatform { get; init; }

    internal bool WantsTransfers { get; init; }

    internal string? DisplayName { get; init; }

    internal string? Dashboard { get; init; }

    internal string? EntityType { get; init; }

    /// <summary>Stripe knows who they are and lets them receive money.</summary>
    internal bool TakesTransfers => WantsTransfers && DetailsSubmitted && !Restricted;

    internal bool Restricted { get; set; }
}

internal sealed class AccountEndpoints(World world) : IEndpoints
{
    private static readonly TimeSpan LinkLives = TimeSpan.FromMinutes(10);

    public IEnumerable<Route> Routes =>
    [
        new("GET /v1/account", _ => world.Accounts.Get(world.Options.Account)),
        new("GET /v1/accounts/{}", call => world.Accounts.Get(call.Id)),
        new("POST /v2/core/accounts", Create),
        new("GET /v2/core/accounts/{}", call => InV2(world.Accounts.Get(call.Id), call.Parameters.Texts("include") ?? [])),
        new("POST /v2/core/account_links", Link),
    ];

    /// <summary>They told Stripe all that it asks.</summary>
    public void CompleteOnboarding(Account account)
    {
        account.DetailsSubmitted = true;
        account.Restricted = false;
        world.Emit("account.updated", account, account: account.Id);
    }

    /// <summary>Stripe asks again, and until then lets no money in.</summary>
    public void Restrict(Account account)
    {
        account.Restricted = true;
        world.Emit("account.updated", account, account: account.Id);
    }

    private JsonObject Create(Call call)
    {
        var asked = call.Parameters;
        PaymentIntentEndpoints.NotPlayed(asked, "account_token");
        var configuration = asked.Within("configuration");
        if (configuration is not null)
        {
            PaymentIntentEndpoints.NotPlayed(configuration, "customer", "merchant");
        }

        var country = asked.Within("identity")?.Text("country");
        if (configuration?.Within("recipient") is not null && country is null)
        {
            throw StripeError.Invalid("identity.country is required to request capabilities.", "identity.country", "parameter_missing");
        }

        var transfers = configuration?.Within("recipient")?.Within("capabilities")?.Within("stripe_balance")?.Within("stripe_transfers");
        var account = world.Accounts.Add(new Account
        {
            Id = world.NewId("acct"), Created = world.Now, IsPlatform = false, Country = country?.ToUpperInvariant() ?? world.Options.Country, DefaultCurrency = asked.Within("defaults")?.Text("currency") ?? world.Options.DefaultCurrency,
            Email = asked.Text("contact_email"), DisplayName = asked.Text("display_name"), Dashboard = asked.Text("dashboard"), Metadata = asked.Metadata(),
            EntityType = asked.Within("identity")?.Text("entity_type"), WantsTransfers = transfers?.Given["requested"]?.GetValue<bool>() == true, DetailsSubmitted = false,
        });
        world.Emit("account.updated", account, account: account.Id);
        return InV2(account, asked.Texts("include") ?? []);
    }

    private JsonObject Link(Call call)
    {
        var account = world.Accounts.Get(call.Parameters.Need("account"), "account");
        return new JsonObject
        {
            ["object"] = "v2.core.account_link",
            ["account"] = account.Id,
            ["created"] = Text(world.NowUtc),
            ["expires_at"] = Text(world.NowUtc + LinkLives),
            ["livemode"] = false,
            ["url"] = $"https://connect.stripe.com/setup/{world.NewId("s")}",
            ["use_case"] = call.Parameters.Given["use_case"]!.DeepClone(),
        };
    }

    /// <summary>v2 says of configuration, identity, defaults and requirements only what is included.</summary>
    private static JsonObject InV2(Account account, IReadOnlyList<string> include)
    {
        var answer = new JsonObject
        {
            ["id"] = account.Id,
            ["object"] = "v2.core.account",
            ["applied_configurations"] = account.WantsTransfers ? new JsonArray("recipient") : [],
            ["created"] = Text(DateTimeOffset.FromUnixTimeSeconds(account.Created)),
            ["livemode"] = false,
            ["metadata"] = StripeObject.ToNode(account.Metadata),
        };
        Put(answer, "display_name", account.DisplayName);
        Put(answer, "contact_email", account.Email);
        Put(answer, "dashboard", account.Dashboard);
        if (include.Contains("configuration.recipient") && account.WantsTransfers)
        {
            answer["configuration"] = new JsonObject
            {
                ["recipient"] = new JsonObject
                {
                    ["applied"] = true,
                    ["capabilities"] = new JsonObject { ["stripe_balance"] = new JsonObject { ["stripe_transfers"] = Capability(account) } },
                },
            };
        }

        if (include.Contains("identity"))
        {
            var identity = new JsonObject { ["country"] = account.Country.ToLowerInvariant() };
            Put(identity, "entity_type", account.EntityType);
            answer["identity"] = identity;
        }

        if (include.Contains("defaults"))
        {
            answer["defaults"] = new JsonObject { ["currency"] = account.DefaultCurrency };
        }

        if (include.Contains("requirements"))
        {
            answer["requirements"] = new JsonObject { ["entries"] = new JsonArray() };
        }

        return answer;
    }

    private static JsonObject Capability(Account account) => new()
    {
        ["status"] = account.TakesTransfers ? "active" : "restricted",
        ["status_details"] = account.TakesTransfers ? [] : new JsonArray(new JsonObject { ["code"] = "requirements_past_due", ["resolution"] = "provide_info" }),
    };

    private static void Put(JsonObject into, string name, string? value)
    {
        if (value is not null)
        {
            into[name] = value;
        }
    }

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
