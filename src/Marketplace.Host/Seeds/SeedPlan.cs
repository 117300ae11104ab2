using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Guarantees;
using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Needs;
using Marketplace.Application.Organisations;
using Marketplace.Application.Teams;
using Marketplace.Documents.Pdf;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using Marketplace.Host.Accounts;

namespace Marketplace.Host.Seeds;

/// <summary>Everything that the seed files tell, as steps in the order of time. See seeds/README.md for their shape.</summary>
public sealed partial class SeedPlan
{
    private static readonly Principal Administrator = Principal.Whole(ActorRole.Administrator, null, "demo-administrator");
    private static readonly DateTimeOffset Begin = LocalTime.StartOf(new(2026, 1, 5));

    private static readonly Dictionary<string, Type> Requests = typeof(ICommandRequest).Assembly.GetTypes()
        .Where(t => t is { IsAbstract: false } && t.IsAssignableTo(typeof(ICommandRequest)))
        .ToDictionary(t => t.Name, StringComparer.Ordinal);

    private readonly List<SeedStep> steps = [];
    private readonly Dictionary<string, OrganisationId> organisations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActorRole> roles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> labOfResult = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> labOfOffer = new(StringComparer.Ordinal);

    private SeedPlan()
    {
        Read("organisations", Register);
        Read("team", seed => Staff(seed, null));
        Read("results", List);
        Read("offers", Offer);
        Read("needs", Look);
        Read("agreements", Agree);
        Read("bank", Bank);
        Read("disclosures", Disclose);
    }

    /// <summary>Reads the files that travel with the program.</summary>
    public static IReadOnlyList<SeedStep> Steps() => [.. new SeedPlan().steps.OrderBy(s => s.AtUtc)]; // stable: steps of one instant keep their order

    private static void Read(string file, Action<JsonObject> play)
    {
        using var stream = Open($"{file}.json");
        foreach (var entry in JsonNode.Parse(stream)!.AsArray())
        {
            play(entry!.AsObject());
        }
    }

    private static Stream Open(string file) => typeof(SeedPlan).Assembly.GetManifestResourceStream($"seeds/{file}")
        ?? throw new InvalidOperationException($"The program was built without seeds/{file}.");

    private void Register(JsonObject seed)
    {
        var key = Text(seed, "key");
        var organisation = OrganisationId.ForUscc(Uscc.Parse(Text(seed, "uscc"), "uscc").Value);
        organisations[key] = organisation;
        roles[key] = RoleOf(seed);
        Add<RegisterOrganisation>(Begin, key, "register", Principal.Visitor, Members(seed, "kind", "name", "uscc", "contactMail"));
        Add<VerifyOrganisation>(Begin, key, "verify", Administrator, new() { ["organisation"] = organisation.Value });
        Staff(seed, organisation);
        if (seed["guarantees"]?.DeepClone().AsObject() is { } guarantees)
        {
            Add<OfferGuarantees>(Begin, key, "guarantee", Of(ActorRole.Guarantor, key), guarantees);
        }
    }

    /// <summary>Demo accounts become members of a team: an administrator invites its first lead, who invites the others.</summary>
    /// <param name="organisation">Null: the marketplace's own team.</param>
    private void Staff(JsonObject seed, OrganisationId? organisation)
    {
        var key = Text(seed, "key");
        Principal? lead = null;
        foreach (var told in seed["members"]?.AsArray() ?? [])
        {
            var (member, mail) = (told!.AsObject(), Text(told!.AsObject(), "mail"));
            var person = DemoAccounts.Find(mail)?.Person ?? throw new InvalidOperationException($"{key}: no demo account has {mail}.");
            var (invite, secret) = ($"invite {mail}", $"demo invitation of {mail}");
            var body = With(Members(member, "roles"), "secretHash", Sha256Hex.Of(secret));
            body = member["inventor"] is null ? body : With(body, "inventor", Text(member, "inventor"));
            Add<InviteMember>(Begin, key, invite, lead ?? Administrator, lead is null && organisation is { } first ? With(body, "organisation", first.Value) : body);
            Add<JoinTeam>(
                Begin, key, $"join {mail}", Principal.Whole(ActorRole.Person, null, person.Value),
                With(new() { ["invitation"] = DerivedId.From<Domain.Teams.InvitationId>(key, invite).Value }, "secret", secret));
            lead ??= organisation is { } own ? Principal.Whole(RoleOf(seed), own, person.Value) : Administrator;
        }
    }

    private static ActorRole RoleOf(JsonObject organisation) => Text(organisation, "kind") switch
    {
        "lab" => ActorRole.Lab,
        "company" => ActorRole.Company,
        "guarantor" => ActorRole.Guarantor,
        "broker" => ActorRole.Broker,
        var other => throw new InvalidOperationException($"There is no such kind: {other}."),
    };

    private void List(JsonObject seed)
    {
        var key = Text(seed, "key");
        var lab = Of(ActorRole.Lab, labOfResult[key] = Text(seed, "lab"));
        var result = ResultOf(key);
        var startsAtUtc = LocalTime.StartOf(Date(seed, "noticeStartsOn"));
        Add<DraftResult>(startsAtUtc, key, "draft", lab, Members(seed, "content"));
        Add<SubmitResult>(startsAtUtc, key, "submit", lab, new() { ["result"] = result, ["titleIsClear"] = true, ["noDispute"] = true });
        Add<PriceResult>(startsAtUtc, key, "price", lab, With(Members(seed["pricing"]!.AsObject(), "method", "price"), "result", result));
        Add<StartPublicNotice>(startsAtUtc, key, "notice", Administrator, new() { ["result"] = result, ["days"] = seed["noticeDays"]!.GetValue<int>() });
    }

    private void Offer(JsonObject seed)
    {
        var (key, result) = (Text(seed, "key"), Text(seed, "result"));
        labOfOffer[key] = labOfResult[result];
        Add<MakeOffer>(
            LocalTime.StartOf(Date(seed, "madeOn")), key, "make", Of(ActorRole.Lab, labOfOffer[key]),
            With(Members(seed, "terms", "validUntil"), "result", ResultOf(result)));
    }

    private void Look(JsonObject seed)
    {
        var (key, company) = (Text(seed, "key"), Of(ActorRole.Company, Text(seed, "company")));
        Add<PublishNeed>(LocalTime.StartOf(Date(seed, "publishedOn")), key, "publish", company, Members(seed, "content"));
        var need = DerivedId.From<NeedId>(key, "publish").Value;
        foreach (var told in seed["suggestions"]!.AsArray())
        {
            var suggestion = told!.AsObject();
            var result = Text(suggestion, "result");
            Add<SuggestResult>(
                LocalTime.StartOf(Date(suggestion, "on")), key, $"suggest {result}", Of(ActorRole.Lab, labOfResult[result]),
                With(With(Members(suggestion, "note"), "need", need), "result", ResultOf(result)));
            if (suggestion["answer"]?.AsObject() is { } answer)
            {
                Add<AnswerSuggestion>(
                    LocalTime.StartOf(Date(answer, "on")), key, $"answer {result}", company,
                    With(With(Members(answer, "answer", "reason"), "need", need), "result", ResultOf(result)));
            }
        }
    }

    private void Agree(JsonObject seed)
    {
        var (key, offer) = (Text(seed, "key"), Text(seed, "offer"));
        var (lab, company) = (Of(ActorRole.Lab, labOfOffer[offer]), Of(ActorRole.Company, Text(seed, "company")));
        var told = seed["steps"]!.AsArray();
        for (var i = 0; i < told.Count; i++)
        {
            var step = told[i]!.AsObject();
            var by = Text(step, "as") switch
            {
                "lab" => lab,
                "company" => company,
                "thirdParty" => Of(roles[Text(seed, "thirdParty")], Text(seed, "thirdParty")),
                "administrator" => Administrator,
                var other => throw new InvalidOperationException($"{key}: nobody is called {other}."),
            };
            var type = Requests[Text(step, "do")];
            var body = step["body"]?.DeepClone().AsObject() ?? [];
            var about = type == typeof(ApplyForTrial) ? ("offer", DerivedId.From<OfferId>(offer, "make").Value) : ("agreement", AgreementOf(key).Value);
            Add(Instant(step, "at"), key, Ordinal(i + 1), by, type, With(body, about.Item1, about.Item2));
        }
    }

    private void Bank(JsonObject seed)
    {
        var key = Text(seed, "key");
        var told = seed["steps"]!.AsArray();
        for (var i = 0; i < told.Count; i++)
        {
            var step = told[i]!.AsObject();
            var by = Text(step, "as") is "administrator" ? Administrator : Of(ActorRole.Lab, Text(step, "as"));
            var body = JsonNode.Parse(Filled(step["body"]?.ToJsonString() ?? "{}", key))!.AsObject();
            steps.Add(new SeedStep(
                Instant(step, "at"), key, DerivedId.Guid(key, Ordinal(i + 1)), by, Requests[Text(step, "do")], body, step["file"] is null ? null : FileOf(Text(step, "file"), key)));
        }
    }

    /// <summary>Files of a result, and who signs the confidentiality agreement about it.</summary>
    private void Disclose(JsonObject seed)
    {
        var (key, result) = (Text(seed, "key"), Text(seed, "result"));
        var (lab, company) = (Of(ActorRole.Lab, labOfResult[result]), Of(ActorRole.Company, Text(seed, "company")));
        var told = seed["steps"]!.AsArray();
        for (var i = 0; i < told.Count; i++)
        {
            var step = told[i]!.AsObject();
            var body = step["body"]?.DeepClone().AsObject() ?? [];
            steps.Add(new SeedStep(
                Instant(step, "at"), key, DerivedId.Guid(key, Ordinal(i + 1)), Text(step, "as") == "lab" ? lab : company, Requests[Text(step, "do")], With(body, "result", ResultOf(result)),
                step["pages"] is { } pages ? PlainPdf.Of([.. pages.AsArray().Select(IReadOnlyList<string> (page) => [.. page!.AsArray().Select(line => line!.GetValue<string>())])]) : null));
        }
    }

    private static byte[] FileOf(string name, string key)
    {
        using var text = new StreamReader(Open(name));
        return Encoding.UTF8.GetBytes(Filled(text.ReadToEnd(), key));
    }

    /// <summary>With the ids that other steps make: nobody writes those down.</summary>
    private static string Filled(string text, string key) => Blank().Replace(text, blank => (blank.Groups[1].Value, blank.Groups[2].Value.Split(' ')) switch
    {
        ("agreement", [var agreement]) => AgreementOf(agreement).Value,
        ("payout-account", [var step]) => DerivedId.From<PayoutAccountId>(key, step).Value,
        ("reference", [var agreement, var obligation]) => RemittanceReference.Of(AgreementOf(agreement), int.Parse(obligation, CultureInfo.InvariantCulture)).Grouped,
        _ => throw new InvalidOperationException($"{key}: nothing is called {blank.Value}."),
    });

    [GeneratedRegex("""\{([a-z-]+) ([^{}"]+)\}""", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();

    /// <summary>The agreement of this key, made by its first step.</summary>
    public static AgreementId AgreementOf(string key) => DerivedId.From<AgreementId>(key, Ordinal(1));

    private static string ResultOf(string key) => DerivedId.From<LabResultId>(key, "draft").Value;

    private static string Ordinal(int step) => step.ToString(CultureInfo.InvariantCulture);

    private void Add<TRequest>(DateTimeOffset atUtc, string key, string step, Principal by, JsonObject body) where TRequest : ICommandRequest =>
        Add(atUtc, key, step, by, typeof(TRequest), body);

    private void Add(DateTimeOffset atUtc, string key, string step, Principal by, Type type, JsonObject body) =>
        steps.Add(new SeedStep(atUtc, key, DerivedId.Guid(key, step), by, type, body));

    private Principal Of(ActorRole role, string organisation) => Principal.Whole(role, organisations[organisation], $"demo-{role.ToString().ToLowerInvariant()}");

    private static string Text(JsonObject seed, string member) => seed[member]!.GetValue<string>();

    private static DateOnly Date(JsonObject seed, string member) => DateOnly.ParseExact(Text(seed, member), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(JsonObject seed, string member)
    {
        var local = DateTime.ParseExact(Text(seed, member), "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        return LocalTime.StartOf(DateOnly.FromDateTime(local)) + local.TimeOfDay;
    }

    private static JsonObject Members(JsonObject seed, params ReadOnlySpan<string> names)
    {
        var members = new JsonObject();
        foreach (var name in names)
        {
            members[name] = seed[name]!.DeepClone();
        }

        return members;
    }

    private static JsonObject With(JsonObject body, string member, string value)
    {
        body[member] = value;
        return body;
    }
}
