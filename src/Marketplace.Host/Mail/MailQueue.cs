using System.Threading.Channels;
using Marketplace.Application.Mail;

namespace Marketplace.Host.Mail;

/// <summary>
/// Letters on their way out. Whoever asks for one does not wait for it: a mail server that is slow or gone fails nobody's page, and how long an
/// answer takes does not tell whether a letter was written.
/// </summary>
/// <remarks>In memory: letters of a process that is killed are lost, and whoever waits for one asks again.</remarks>
public sealed partial class MailQueue(IMailer mailer, TimeProvider time, ILogger<MailQueue> log) : BackgroundService
{
    private const int Most = 10_000;

    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)];

    private readonly Channel<Item> letters = Channel.CreateBounded<Item>(new BoundedChannelOptions(Most) { SingleReader = true });

    /// <summary>A letter, or somebody who waits for those before.</summary>
    private sealed record Item(Letter? Letter, TaskCompletionSource? Reached);

    public void Add(Letter letter)
    {
        if (!letters.Writer.TryWrite(new Item(letter, null)))
        {
            TooMany(log);
        }
    }

    /// <summary>Ends when all letters that were added before have been handed on, or given up.</summary>
    public async Task Settled(CancellationToken cancel = default)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await letters.Writer.WriteAsync(new Item(null, reached), cancel);
        await reached.Task.WaitAsync(cancel);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        letters.Writer.TryComplete();
        if (ExecuteTask is { } sending)
        {
            await Task.WhenAny(sending, Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken));
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var item in letters.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (item.Letter is { } letter)
            {
                await Send(letter, stoppingToken);
            }

            item.Reached?.TrySetResult();
        }
    }

    private async Task Send(Letter letter, CancellationToken cancel)
    {
        foreach (var wait in Waits)
        {
            try
            {
                await mailer.Send(letter, cancel);
                return;
            }
            catch (MailNotTakenException refused)
            {
                NotTaken(log, refused.Message);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                break;
            }

            if (wait != Waits[^1])
            {
                await Task.WhenAny(Task.Delay(wait, time, cancel)); // the end of the program ends the wait, and is no failure
            }
        }

        GivenUp(log);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A mail was not taken: {Why}")]
    private static partial void NotTaken(ILogger log, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "A mail was given up. Whoever waits for it has to ask again.")]
    private static partial void GivenUp(ILogger log);

    [LoggerMessage(Level = LogLevel.Error, Message = "Too many mails wait for the mail server; one was not taken.")]
    private static partial void TooMany(ILogger log);
}
