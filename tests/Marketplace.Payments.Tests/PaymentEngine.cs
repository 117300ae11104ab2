using System.Globalization;
using System.Security.Cryptography;
using Marketplace.Application.Agreements;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Invariants;
using Marketplace.Application.Payments;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Tests.Agreements;
using Marketplace.Host.Api;
using Marketplace.Host.Composition;
using Marketplace.Journal;
using Marketplace.Payments.Sandbox;
using Marketplace.Payments.Stripe;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans;

namespace Marketplace.Payments.Tests;

// Inside the namespace, so that a rule hides the use case of the same name.
using Marketplace.Domain.Agreements;

/// <summary>The host's engine on a database, with a clock that stands until a test moves it, and a script before the sandbox.</summary>
public sealed class PaymentEngine : IAsyncDisposable
{
    private readonly WebApplication host;
    private readonly FakeTimeProvider time;
    private int commands;

    private PaymentEngine(WebApplication host, FakeTimeProvider time) => (this.host, this.time) = (host, time);

    public IServiceProvider Services => host.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public MarketplaceDoor Door => Services.GetRequiredService<MarketplaceDoor>();

    /// <summary>The sandbox, as its caller meets it.</summary>
    public ScriptedProvider Provider => Services.GetServices<IPaymentProvider>().OfType<ScriptedProvider>().Single(p => p.Name == "sandbox");

    /// <summary>Stripe, as its caller meets it.</summary>
    public ScriptedProvider Stripe => Services.GetServices<IPaymentProvider>().OfType<ScriptedProvider>().Single(p => p.Name == "stripe");

    /// <summary>Where this host listens to providers.</summary>
    public Uri Webhooks => new(new Uri(host.Urls.Single()), "/webhooks/stripe");

    public DateTimeOffset NowUtc => time.GetUtcNow();

    /// <param name="stripe">Settings of a Stripe to pay by; it must have the same clock.</param>
    public static async Task<PaymentEngine> Start(
        string connectionString = "Data Source=:memory:", DateTimeOffset? at = null, StripeSettings? stripe = null, FakeTimeProvider? clock = null,
        Action<IServiceCollection>? configure = null)
    {
        var time = clock ?? new FakeTimeProvider(at ?? Noon("2025-03-03"));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.Configuration[Engine.SandboxSwitch] = "true";
        builder.Services.AddSingleton(new MarketplaceClock(time));
        builder.AddMarketplaceEngine(connectionString);
        if (stripe is not null)
        {
            builder.Services.AddStripePayments(stripe);
        }

        foreach (var provider in builder.Services.Where(s => s.ServiceType == typeof(IPaymentProvider)).ToList())
        {
            builder.Services.Remove(provider);
            builder.Services.AddSingleton<IPaymentProvider>(p =>
                new ScriptedProvider((IPaymentProvider)ActivatorUtilities.CreateInstance(p, provider.ImplementationType!)));
        }

        configure?.Invoke(builder.Services);
        var host = builder.Build();
        host.MapProviderNotices();
        await host.StartEngine();
        return new PaymentEngine(host, time);
    }

    public static DateTimeOffset Noon(string day) => LocalTime.StartOf(Deals.Day(day)).AddHours(12);

    public void Pass(TimeSpan later) => time.Advance(later);

    /// <summary>Works off what is due of an agreement's intents, as the sweep does.</summary>
    public Task<Answer> WorkOff(AgreementId agreement, CancellationToken cancel = default) =>
        Services.GetRequiredService<WorkOffIntents>().WorkOff($"agreement/{agreement}", cancel);

    public Task<Agreement> StateOf(AgreementId agreement) => Grains.GetGrain<IAgreementGrain>(agreement.Value).State();

    public async Task<PaymentIntent> IntentOf(AgreementId agreement, int number = 1) => (await StateOf(agreement)).Intents[number - 1];

    /// <summary>What the provider is told of an intent.</summary>
    public async Task<PaymentOrder> OrderOf(AgreementId agreement, int number = 1)
    {
        var state = await StateOf(agreement);
        return PaymentOrder.Of(state, state.Intents[number - 1]);
    }

    public async Task Do(AgreementId agreement, Actor actor, AgreementCommand command)
    {
        var id = DerivedId.Guid(agreement.Value, "test", Interlocked.Increment(ref commands).ToString(CultureInfo.InvariantCulture), $"{NowUtc.Ticks}");
        var answer = await Grains.GetGrain<IAgreementGrain>(agreement.Value)
            .Execute(new CommandEnvelope(id, SHA256.HashData(id.ToByteArray()), actor, command));
        Assert.True(answer is Accepted, $"{command.GetType().Name}: {answer}");
    }

    /// <summary>
    /// An agreement converted now, whose one sum falls due a year later: the clock stands at noon of that day when this returns, and the
    /// collection has been asked for.
    /// </summary>
    public async Task<AgreementId> CollectionDue(string name, string method, long amountMinor = 100_000, string provider = "sandbox")
    {
        var agreement = await Converted(name, Deals.Terms(Deals.LumpSum(amountMinor)));
        await Do(agreement, Deals.Company, new AuthoriseCollection(provider, method));
        await FallDue(agreement);
        Assert.Equal(IntentStatus.Requested, (await IntentOf(agreement)).Status);
        return agreement;
    }

    /// <summary>The clock stands at noon of the day on which the agreement's first sum is due, or later.</summary>
    public async Task FallDue(AgreementId agreement)
    {
        var due = LocalTime.StartOf((await StateOf(agreement)).Obligations[0].DueOn).AddHours(12);
        if (time.GetUtcNow() < due)
        {
            time.SetUtcNow(due);
        }

        await Grains.GetGrain<IAgreementGrain>(agreement.Value).Wake(DueWork.Obligations);
    }

    /// <summary>Many agreements as of <see cref="CollectionDue"/>, all due on one day, by Stripe.</summary>
    /// <param name="by">Which company, and its method; null: the usual one and <paramref name="method"/>.</param>
    public async Task<IReadOnlyList<AgreementId>> CollectionsDue(
        string name, int count, string method, Func<int, long>? amountMinor = null, Func<int, (Actor Company, string Method)>? by = null)
    {
        var agreements = new AgreementId[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) =>
        {
            var (company, saved) = by?.Invoke(i) ?? (Deals.Company, method);
            agreements[i] = await Converted($"{name} {i}", Deals.Terms(Deals.LumpSum(amountMinor?.Invoke(i) ?? 100_000)), company);
            await Do(agreements[i], company, new AuthoriseCollection("stripe", saved));
        });
        time.SetUtcNow(LocalTime.StartOf((await StateOf(agreements[0])).Obligations[0].DueOn).AddHours(12));
        await Parallel.ForEachAsync(agreements, async (a, _) => await Grains.GetGrain<IAgreementGrain>(a.Value).Wake(DueWork.Obligations));
        return agreements;
    }

    /// <summary>An agreement converted now.</summary>
    /// <param name="company">Somebody of the company; null: of <see cref="Deals"/>.</param>
    public async Task<AgreementId> Converted(string name, AgreementTerms? terms = null, Actor? company = null)
    {
        var by = company ?? Deals.Company;
        var agreement = DerivedId.From<AgreementId>(name);
        await Do(agreement, by, new ApplyForTrial(
            agreement, DerivedId.From<OfferId>(name), DerivedId.From<LabResultId>(name), Deals.Lab.Organisation!.Value,
            by.Organisation!.Value, terms ?? Deals.Terms(Deals.LumpSum()), Deals.Inventors, Deals.MayApply, null));
        await Do(agreement, Deals.Lab, new AcceptApplication());
        await Do(agreement, Deals.Lab, new AcceptTerms(1));
        await Do(agreement, by, new AcceptTerms(1));
        var document = (await StateOf(agreement)).DocumentHash!;
        await Do(agreement, Deals.Lab, new SignAgreement(document));
        await Do(agreement, by, new SignAgreement(document));
        await Do(agreement, Deals.Lab, new FileAgreement("津备-1"));
        await Do(agreement, Deals.Lab, new DeliverResult("资料"));
        await Do(agreement, by, new AcceptDelivery());
        await Do(agreement, by, new ConvertLicence());
        return agreement;
    }

    /// <summary>The sandbox's own book about an intent.</summary>
    public async Task<IReadOnlyList<SandboxEvent>> BookOf(PaymentIntentId intent)
    {
        var book = new List<SandboxEvent>();
        await foreach (var e in Services.GetRequiredService<IJournal>().ReadStream($"sandbox/{intent}"))
        {
            book.Add(EventCatalog<SandboxEvent>.Instance.Read(e.Type, e.Body));
        }

        return book;
    }

    /// <summary>All invariants; only the offers and results that these agreements name were never made.</summary>
    public async Task<IReadOnlyList<Finding>> Check() =>
        await Services.GetRequiredService<MarketplaceCheck>().Run(Services.GetRequiredService<IStorage>().Audit, NowUtc)
            .Where(f => !f.What.EndsWith("which does not exist", StringComparison.Ordinal))
            .ToListAsync();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await host.DisposeAsync(); // the storage waits for its writers
    }
}
