using Marketplace.Application.Agreements;
using Marketplace.Application.Banking;
using Marketplace.Application.Catalog;
using Marketplace.Application.Disclosures;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Application.Invariants;
using Marketplace.Application.Ledger;
using Marketplace.Application.Needs;
using Marketplace.Application.Notices;
using Marketplace.Application.Payments;
using Marketplace.Application.Reconciliations;
using Marketplace.Application.Reference;
using Marketplace.Application.Sweeps;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Marketplace.Application;

public static class ApplicationServices
{
    /// <summary>
    /// The door and everything behind it. The caller adds a silo with <see cref="Serialization.AddMarketplaceSerialization"/>
    /// and a storage: <see cref="Journal.IJournal"/>, <c>IDbContextFactory</c> of <see cref="Reads.MarketplaceReads"/> and <see cref="NoticesDatabase"/>, and <see cref="Files.IFileStore"/>.
    /// </summary>
    public static IServiceCollection AddMarketplaceApplication(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new SettableTime(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new MarketplaceClock(provider.GetRequiredService<SettableTime>()));
        services.AddSingleton<CurrentReferenceData>();
        services.AddSingleton<Surroundings>();
        services.AddSingleton<CardQueries>();
        services.AddHostedService<FollowReferenceData>();
        services.AddSingleton<PaymentProviders>();
        services.AddSingleton<WorkOffIntents>();
        services.AddSingleton<ImportStatements>();
        services.AddSingleton<MatchBankLines>();
        services.AddSingleton<SealPaymentBatches>();
        services.AddSingleton<ReceiveProviderNotice>();
        services.AddSingleton<WorkOffProviderNotices>();
        services.AddSingleton<SweepProviderBooks>();
        services.AddSingleton<ReconcileProviders>();
        services.AddSingleton<NodeShare>();
        services.AddSingleton<DueWorkSweep>();
        services.AddSingleton<NoticePeople>().AddSingleton<NoticeStore>().AddSingleton<FollowNotices>().AddSingleton<RemindOfDates>();
        services.AddSingleton<NeedMatching>().AddSingleton<TellMatches>().AddSingleton<TellSearches>().AddSingleton<TellInventors>();
        services.AddSingleton<WaitingMail>().AddSingleton<MailOutbox>();

        services.AddMarketplaceCheck();
        services.AddSingleton<VerifyInvariants>();
        services.AddSingleton<MarketplaceDoor>();
        services.AddScoped<Caller>();
        services.AddScoped<Commands>();
        services.AddScoped<Reservations>();
        services.AddScoped<FapiaoFiles>();
        services.AddScoped<ResultFileAccess>();
        services.TryAddSingleton(ResultFileSettings.Default);
        services.AddScoped<MonthBooks>();
        services.AddScoped<HostedPages>();
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Authorise<,>));
        foreach (var handler in typeof(ApplicationServices).Assembly.GetTypes().Where(t => t is { IsAbstract: false, IsGenericType: false }))
        {
            foreach (var handled in handler.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)))
            {
                services.AddScoped(handled, handler);
            }
        }

        return services;
    }

    /// <summary>The check of all invariants, for which a storage alone is enough; with an <see cref="Files.IFileStore"/> it looks at files too. Whoever writes other streams adds their <see cref="AuditedKind"/>.</summary>
    public static IServiceCollection AddMarketplaceCheck(this IServiceCollection services)
    {
        foreach (var kind in new[]
        {
            AgreementAudit.Kind, BankAccountAudit.Kind, BankLineAudit.Kind, BankPaymentAudit.Kind, BankStatementAudit.Kind, ConfidentialityAudit.Kind, CreditAudit.Kind,
            CsvMappingAudit.Kind, EvidenceAudit.Kind, FailingWorkAudit.Kind, FapiaoAudit.Kind, FileAccessAudit.Kind, GuaranteeAudit.Kind, LabResultAudit.Kind, MonthCloseAudit.Kind,
            NeedAudit.Kind, OfferAudit.Kind, OrganisationAudit.Kind,
            PaymentBatchAudit.Kind, PaymentProfileAudit.Kind, PayoutAccountAudit.Kind, ProviderMovementAudit.Kind, ProviderNoticeAudit.Kind,
            ReconciliationAudit.Kind, ReferenceAudit.Kind, ReportDraftAudit.Kind, ResultFilesAudit.Kind, RightsAudit.Kind, TeamAudit.Kind,
        })
        {
            services.AddSingleton(kind);
        }

        return services.AddSingleton<MarketplaceCheck>();
    }
}
