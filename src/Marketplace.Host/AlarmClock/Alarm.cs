using Marketplace.Application.Banking;
using Marketplace.Application.Exports;
using Marketplace.Application.Invariants;
using Marketplace.Application.Notices;
using Marketplace.Application.Payments;
using Marketplace.Application.Reads;
using Marketplace.Application.Reconciliations;
using Marketplace.Application.Sweeps;

namespace Marketplace.Host.AlarmClock;

/// <summary>Something that time makes happen again and again. Ringing too often, twice at once or late does no harm.</summary>
/// <param name="Name">Of the recurring job; kebab-case.</param>
/// <param name="Cron">In UTC: minute, hour, day, month, weekday; a sixth field before them is the second.</param>
/// <param name="IsShared">True: it rings on every node, and each does its share. False: one node does it all.</param>
/// <param name="Ring">What to do.</param>
public sealed record Alarm(string Name, string Cron, bool IsShared, Func<IServiceProvider, CancellationToken, Task> Ring);

internal static class Alarms
{
    private const string EveryMinute = "* * * * *";
    private const string EveryFewSeconds = "*/5 * * * * *"; // somebody waits
    private const string EveryQuarterMinute = "*/15 * * * * *";
    private const string EveryTenMinutes = "*/10 * * * *";
    private const string EveryMorning = "0 20 * * *"; // 04:00 in Tianjin
    private const string HourlyByDay = "30 23,0-14 * * *"; // 07:30 to 22:30 in Tianjin: before the digests of eight, and at no hour at which people sleep
    private const string EveryNight = "30 19 * * *"; // 03:30 in Tianjin

    public static IReadOnlyList<Alarm> All { get; } =
    [
        Sweep("enforce-due-obligations", EveryMinute, DueWork.Obligations),
        Sweep("end-trials", EveryMinute, DueWork.Trial),
        Sweep("close-public-notices", EveryMinute, DueWork.Notice),
        new("work-off-payment-intents", EveryQuarterMinute, IsShared: true, (services, stopping) =>
        {
            var intents = services.GetRequiredService<WorkOffIntents>();
            return services.GetRequiredService<DueWorkSweep>().Run(DueWork.Intent, agreement => intents.WorkOff(agreement, stopping), stopping);
        }),
        new("import-bank-statements", EveryQuarterMinute, IsShared: true, (services, stopping) =>
        {
            var statements = services.GetRequiredService<ImportStatements>();
            return services.GetRequiredService<DueWorkSweep>().Run(DueWork.Statement, statement => statements.Import(statement, stopping), stopping);
        }),
        new("match-bank-lines", EveryQuarterMinute, IsShared: true, (services, stopping) =>
        {
            var lines = services.GetRequiredService<MatchBankLines>();
            return services.GetRequiredService<DueWorkSweep>().Run(DueWork.BankLine, line => lines.WorkOff(line, stopping), stopping);
        }),
        new("seal-payment-batches", EveryQuarterMinute, IsShared: true, (services, stopping) =>
        {
            var batches = services.GetRequiredService<SealPaymentBatches>();
            return services.GetRequiredService<DueWorkSweep>().Run(DueWork.PaymentBatch, batch => batches.Seal(batch, stopping), stopping);
        }),
        new("work-off-provider-notices", EveryQuarterMinute, IsShared: true, (services, stopping) =>
        {
            var notices = services.GetRequiredService<WorkOffProviderNotices>();
            return services.GetRequiredService<DueWorkSweep>().Run(DueWork.Notices, notice => notices.WorkOff(notice, stopping), stopping);
        }),
        new("make-exports", EveryFewSeconds, IsShared: true, (services, stopping) => services.GetRequiredService<MakeExports>().Run(stopping)),
        new("expire-exports", EveryTenMinutes, IsShared: false, (services, stopping) => services.GetRequiredService<MakeExports>().Expire(stopping)),
        new("sweep-provider-books", EveryTenMinutes, IsShared: false, (services, stopping) =>
            services.GetRequiredService<SweepProviderBooks>().Run(SweepProviderBooks.Lately, stopping)),
        new("reconcile-providers", EveryMorning, IsShared: false, async (services, stopping) =>
        {
            await services.GetRequiredService<SweepProviderBooks>().Run(SweepProviderBooks.AsFarAsTheyRemember, stopping);
            await services.GetRequiredService<ReconcileProviders>().Run(stopping);
        }),
        new("remind-of-dates", HourlyByDay, IsShared: false, (services, stopping) => services.GetRequiredService<RemindOfDates>().Run(stopping)),
        new("forget-old-notices", EveryNight, IsShared: false, (services, stopping) => services.GetRequiredService<NoticeStore>().Forget(stopping)),
        new("verify-invariants", EveryNight, IsShared: false, (services, stopping) => services.GetRequiredService<VerifyInvariants>().Run(stopping)),
    ];

    private static Alarm Sweep(string name, string cron, string purpose) =>
        new(name, cron, IsShared: true, (services, stopping) => services.GetRequiredService<DueWorkSweep>().Run(purpose, stopping));
}
