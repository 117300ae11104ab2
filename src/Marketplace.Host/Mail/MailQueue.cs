using System.Data.Common;
using System.Threading.Channels;
using Marketplace.Application.Mail;
using Marketplace.Application.Notices;
using Marketplace.Host.Accounts;

namespace Marketplace.Host.Mail;

/// <summary>
/// Letters on their way out. They are kept in the database, sealed, and outlive the process. Whoever asks for one does not wait for that either: a
/// database or a mail server that is slow fails nobody's page, and how long an answer takes does not tell whether a letter was written.
/// </summary>
/// <remarks>What was asked for in the last moments of a process that is killed may be lost, and whoever waits for it asks again.</remarks>
public sealed partial class MailQueue(IMailer mailer, MailOutbox outbox, SealedLetters seals, AccountClock clock, TimeProvider time, ILogger<MailQueue> log) : BackgroundService
{
    private const int Most = 10_000;
    private const int LeasedAtOnce = 20;

    /// <summary>How long one letter may take on its way to the server; much less than a lease lasts.</summary>
    private static readonly TimeSpan SentWithin = TimeSpan.FromMinutes(2);

    /// <summary>How late a letter may be that is due again, or that another host has kept.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Channel<Item> asked = Channel.CreateBounded<Item>(new BoundedChannelOptions(Most) { SingleReader = true });
    private readonly Queue<Letter> unkept = new();

    /// <summary>A letter, or somebody who waits for those before.</summary>
    private sealed record Item(Letter? Letter, TaskCompletionSource? Reached);

    public void Add(Letter letter)
    {
        if (!asked.Writer.TryWrite(new Item(letter, null)))
        {
            TooMany(log);
        }
    }

    /// <summary>Ends when all letters that were added before, or are due, have been tried once.</summary>
    public async Task Settled(CancellationToken cancel = default)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await asked.Writer.WriteAsync(new Item(null, reached), cancel);
        await reached.Task.WaitAsync(cancel);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        asked.Writer.TryComplete();
        if (ExecuteTask is { } sending)
        {
            await Task.WhenAny(sending, Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken));
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the host must not wait for mail
        var (isOver, isFailing) = (false, false);
        while (!isOver)
        {
            var waiting = new List<TaskCompletionSource>();
            isOver = !await More();
            while (asked.Reader.TryRead(out var item))
            {
                if (item.Letter is { } letter)
                {
                    unkept.Enqueue(letter);
                }
                else
                {
                    waiting.Add(item.Reached!);
                }
            }

            try
            {
                await Keep(CancellationToken.None);
                while (!isOver && await SendDue(CancellationToken.None))
                {
                }

                isFailing = false;
            }
            catch (Exception outage) when (outage is DbException || outage.InnerException is DbException)
            {
                if (!isFailing)
                {
                    Failing(log, outage); // once for each time that it begins
                }

                isFailing = true;
            }

            waiting.ForEach(w => w.TrySetResult());
        }
    }

    /// <summary>Waits until something is asked for or a while has passed. False: nothing is going to be asked for any more.</summary>
    private async Task<bool> More()
    {
        using var pause = new CancellationTokenSource(Interval, time);
        try
        {
            return await asked.Reader.WaitToReadAsync(pause.Token);
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private async Task Keep(CancellationToken cancel)
    {
        while (unkept.TryPeek(out var letter))
        {
            await outbox.Add(letter.Name, OutgoingMailKind.Account, seals.Seal(letter), clock.NowUtc, cancel);
            unkept.Dequeue();
        }
    }

    /// <summary>Hands over some of the letters that are due. True: there may be more.</summary>
    private async Task<bool> SendDue(CancellationToken cancel)
    {
        for (var lost = await outbox.EndLost(clock.NowUtc, cancel); lost > 0; lost--)
        {
            OutcomeUnknown(log, "the process ended while it was handed over.");
        }

        var leased = await outbox.Lease(LeasedAtOnce, clock.NowUtc, cancel);
        foreach (var mail in leased)
        {
            if (seals.Open(mail.Sealed) is not { } letter)
            {
                Unreadable(log);
                await outbox.Unreadable(mail, clock.NowUtc, cancel);
            }
            else if (await outbox.Begin(mail, clock.NowUtc, cancel))
            {
                await Send(mail, letter, cancel);
            }
        }

        return leased.Count == LeasedAtOnce;
    }

    private async Task Send(LeasedMail mail, Letter letter, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(SentWithin, time);
        try
        {
            await mailer.Send(letter, limit.Token);
        }
        catch (MailNotTakenException refused)
        {
            NotTaken(log, refused.Message);
            if (await outbox.NotTaken(mail, refused.Message, clock.NowUtc, cancel))
            {
                GivenUp(log, refused.Message);
            }

            return;
        }
        catch (MailOutcomeUnknownException broken)
        {
            OutcomeUnknown(log, broken.Message);
            await outbox.Unknown(mail, broken.Message, clock.NowUtc, cancel);
            return;
        }

        await outbox.Sent(mail, clock.NowUtc, cancel);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail was not taken: {Why}")]
    private static partial void NotTaken(ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail was given up, which nobody has taken for days: {Why}")]
    private static partial void GivenUp(ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Nobody knows whether a mail arrived; it is not sent again: {Why}")]
    private static partial void OutcomeUnknown(ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail cannot be read any more: the key that protects it is gone.")]
    private static partial void Unreadable(ILogger log);

    [LoggerMessage(Level = LogLevel.Error, Message = "Too many mails wait for the database; one was not taken.")]
    private static partial void TooMany(ILogger log);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mails cannot be kept or looked for; it is tried again.")]
    private static partial void Failing(ILogger log, Exception failure);
}
