using System.Net;
using System.Net.Sockets;
using System.Text;
using Marketplace.Application.Grains;
using Marketplace.Application.Mail;
using Marketplace.Application.Notices;
using Marketplace.Host.Accounts;
using Marketplace.Host.Composition;
using Marketplace.Host.Mail;
using Marketplace.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Marketplace.Host.Tests.Accounts;

/// <summary>Letters arrive whole, and nothing that somebody typed becomes a header of one.</summary>
public sealed class MailTests
{
    private static readonly Letter Sample = new(
        "li@example.cn", "zh-CN", "确认邮箱", "李雷，您好：\n.\nhttp://localhost:5080/account/confirm?note=abc\n", "<p>李雷，您好：</p>");

    [Theory]
    [InlineData("li@example.cn\r\nBcc: all@example.cn", "Subject")]
    [InlineData("li@example.cn\nX: y", "Subject")]
    [InlineData("\"li\r\n\"@example.cn", "Subject")]
    [InlineData("li@example.cn, all@example.cn", "Subject")]
    [InlineData("Li <li@example.cn>", "Subject")]
    [InlineData("li", "Subject")]
    [InlineData("li@example.cn", "Subject\r\nBcc: all@example.cn")]
    [InlineData("li@example.cn", "Subject\nBcc: all@example.cn")]
    [InlineData("li@example.cn", "")]
    public void What_would_not_stay_in_its_header_is_no_letter(string to, string subject) =>
        Assert.Throws<ArgumentException>(() => new Letter(to, "en", subject, "text", "<p>text</p>"));

    [Theory]
    [InlineData("li@example.cn", true)]
    [InlineData("li.lei+tag@mail.example.com", true)]
    [InlineData("li@localhost", false)]
    [InlineData("li@@example.cn", false)]
    [InlineData(".li@example.cn", false)]
    [InlineData("li lei@example.cn", false)]
    [InlineData("李@example.cn", false)]
    [InlineData("li@-example.cn", false)]
    [InlineData("li@example..cn", false)]
    public void Addresses_are_told_from_what_is_none(string text, bool isOne) => Assert.Equal(isOne, MailAddressRule.IsOne(text));

    [Fact]
    public async Task A_mail_server_gets_the_letter_with_both_parts_encoded()
    {
        await using var server = new SmtpListener();
        await using var host = RunningHost.With(_ => { }, more:
            [$"--Mail:Host=127.0.0.1", $"--Mail:Port={server.Port}", "--Mail:Security=None", "--Mail:From=market@example.com", "--Mail:User=market", "--Mail:Password=hush"]);
        await host.InitializeAsync();
        var queue = host.App.Services.GetRequiredService<MailQueue>();
        queue.Add(Sample);
        await queue.Settled();

        var (from, to, data) = Assert.Single(server.Received);
        Assert.Equal(("<market@example.com>", "<li@example.cn>"), (from, to));
        Assert.All(data, c => Assert.True(c < 128));
        var message = MimeMessage.Load(new MemoryStream(Encoding.ASCII.GetBytes(data)));
        Assert.Equal(("确认邮箱", "zh-CN", "auto-generated"), (message.Subject, message.Body!.Headers["Content-Language"], message.Headers["Auto-Submitted"]));
        Assert.Equal(Sample.Text, message.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal(Sample.Html, message.HtmlBody!.Trim());
        Assert.Equal("AUTH", server.Verbs.First(v => v == "AUTH"));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Get("/development/mail")).Status); // they are not here
    }

    [Fact]
    public async Task A_letter_that_is_refused_is_tried_again_and_its_address_stays_out_of_the_log()
    {
        await using var server = new SmtpListener { Refusals = 1 };
        var (log, time) = (new CapturedLog(), StandingTime());
        await using var host = To(server, time, log: log);
        await host.InitializeAsync();
        var queue = host.App.Services.GetRequiredService<MailQueue>();
        queue.Add(Sample);
        await queue.Settled();
        Assert.Empty(server.Received);
        time.StandAt(time.GetUtcNow() + OutgoingMail.WaitAfter(1));
        await queue.Settled();
        Assert.Single(server.Received);
        Assert.Contains(log.Lines, l => l.Contains("A mail was not taken") && l.Contains("SmtpCommandException 450"));
        Assert.DoesNotContain(log.Lines, l => l.Contains("li@example.cn"));
    }

    [Fact]
    public async Task A_line_that_breaks_after_the_letter_leaves_an_unknown_outcome_and_it_is_not_sent_again()
    {
        await using var server = new SmtpListener { HangsUp = true };
        var time = StandingTime();
        await using var host = To(server, time);
        await host.InitializeAsync();
        var queue = host.App.Services.GetRequiredService<MailQueue>();
        queue.Add(Sample);
        await queue.Settled();
        time.StandAt(time.GetUtcNow().AddDays(1));
        await queue.Settled();
        Assert.Equal("<market@example.com>", Assert.Single(server.Received).From);
        var unsent = (await host.Get("/api/v1/unsent-mails", RunningHost.Administrator)).Json;
        Assert.Equal("unknown", (string?)unsent["items"]![0]!["status"]);
        Assert.DoesNotContain("li@example.cn", unsent.ToJsonString());
    }

    [Fact]
    public async Task What_was_asked_for_outlives_the_process_sealed_and_goes_once_under_one_name()
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-mail-").FullName;
        var (database, time) = ($"Data Source={Path.Combine(folder, "market.db")}", StandingTime());
        await using var server = new SmtpListener { Refusals = 1 };
        await using (var host = To(server, time, database))
        {
            await host.InitializeAsync();
            var queue = host.App.Services.GetRequiredService<MailQueue>();
            queue.Add(Sample);
            await queue.Settled();
            var kept = Assert.Single(await Kept(host));
            Assert.Equal((OutgoingMailStatus.Waiting, 1), (kept.Status, kept.Attempts));
            Assert.DoesNotContain("note=abc", kept.Sealed);
            Assert.DoesNotContain("li@example.cn", kept.Sealed);
        }

        time.StandAt(time.GetUtcNow().AddHours(1));
        await using (var host = To(server, time, database))
        {
            await host.InitializeAsync();
            await host.App.Services.GetRequiredService<MailQueue>().Settled();
            Assert.Contains($"Message-Id: <{Sample.Name}@example.com>", Assert.Single(server.Received).Data, StringComparison.OrdinalIgnoreCase);
            Assert.Equal((OutgoingMailStatus.Sent, null), Assert.Single(await Kept(host)) is var sent ? (sent.Status, sent.Sealed) : default);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("一行", 10, "一行")]
    [InlineData("first\r\nBcc: all@example.cn", 100, "first Bcc: all@example.cn")]
    [InlineData("a\u2028b\u2029c\td", 10, "a b c d")]
    [InlineData("evil\u202Etxt.exe\u200B", 20, "eviltxt.exe")]
    [InlineData("0123456789abcdef", 10, "012345678…")]
    [InlineData("12345678𝄞9", 10, "12345678…")]
    public void What_was_typed_stays_on_one_line(string typed, int most, string line) => Assert.Equal(line, LetterText.OneLine(typed, most));

    private static SettableTime StandingTime()
    {
        var time = new SettableTime(TimeProvider.System);
        time.StandAt(new DateTimeOffset(2026, 11, 2, 1, 0, 0, TimeSpan.Zero));
        return time;
    }

    private static RunningHost To(SmtpListener server, TimeProvider time, string database = "Data Source=:memory:", CapturedLog? log = null) => RunningHost.With(
        builder =>
        {
            builder.Services.AddSingleton(new AccountClock(time));
            if (log is not null)
            {
                builder.Logging.AddProvider(log);
            }
        },
        database, "--Mail:Host=127.0.0.1", $"--Mail:Port={server.Port}", "--Mail:Security=None", "--Mail:From=market@example.com");

    private static async Task<List<OutgoingMail>> Kept(RunningHost host)
    {
        await using var tables = await host.App.Services.GetRequiredService<IDbContextFactory<NoticesDatabase>>().CreateDbContextAsync();
        return await tables.Mails.AsNoTracking().ToListAsync();
    }

    [Fact]
    public async Task Without_a_mail_server_letters_lie_in_a_folder_and_on_the_page_for_developers()
    {
        var folder = Directory.CreateTempSubdirectory("marketplace-mail-").FullName;
        await using (var host = RunningHost.With(_ => { }, $"Data Source={Path.Combine(folder, "market.db")}"))
        {
            await host.InitializeAsync();
            Assert.Contains("还没有邮件", (await host.Get("/development/mail")).Text);
            var queue = host.App.Services.GetRequiredService<MailQueue>();
            queue.Add(Sample);
            queue.Add(new Letter("second@example.cn", "en", "The second", "text", "<p>text</p>"));
            var page = (await host.Get("/development/mail")).Text;
            Assert.True(page.IndexOf("The second", StringComparison.Ordinal) < page.IndexOf("确认邮箱", StringComparison.Ordinal));
            Assert.Contains("href=\"/account/confirm?note=abc\"", page);
            Assert.Equal(2, Directory.GetFiles(Path.Combine(folder, "mail"), "*.eml").Length);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("Mail:Security", "--Mail:Host=mail.example.com", "--Mail:From=market@example.com", "--Mail:Security=Perhaps")]
    [InlineData("Mail:Security", "--Mail:Host=mail.example.com", "--Mail:From=market@example.com", "--Mail:Security=None", "--Mail:User=market", "--Mail:Password=hush")]
    [InlineData("Mail:Port", "--Mail:Host=mail.example.com", "--Mail:From=market@example.com", "--Mail:Port=99999")]
    [InlineData("Mail:From", "--Mail:Host=mail.example.com")]
    [InlineData("Mail:From", "--Mail:Host=mail.example.com", "--Mail:From=hush\r\nBcc: all@example.cn")]
    public async Task A_setting_that_cannot_be_used_is_named_and_not_shown(string setting, params string[] settings)
    {
        var ended = await HostProgram.Run(Path.GetTempPath(), "en_US.UTF-8", ["--Storage:ConnectionString=Data Source=:memory:", "--urls=http://127.0.0.1:0", .. settings]);
        Assert.Equal(ExitCode.SettingRefused, ended.ExitCode);
        Assert.StartsWith(setting, Assert.Single(ended.Error));
        Assert.DoesNotContain("hush", ended.Error[0]);
    }

    [Fact]
    public void Settings_as_text_have_no_secret()
    {
        var settings = MailSettings.Of(new ConfigurationBuilder().AddInMemoryCollection(
            [new("Mail:Host", "mail.example.com"), new("Mail:From", "market@example.com"), new("Mail:User", "market"), new("Mail:Password", "hush")]).Build());
        Assert.Equal("mail.example.com:587", settings!.ToString());
        Assert.DoesNotContain("abc", Sample.ToString());
    }
}

/// <summary>A mail server that keeps what it is given: as much of RFC 5321 as a client needs to hand over a letter.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly Task serving;

    public SmtpListener()
    {
        listener.Start();
        serving = Serve();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many letters are refused for the time being before one is taken.</summary>
    public int Refusals { get; set; }

    /// <summary>It takes the letter, and ends the line without a word.</summary>
    public bool HangsUp { get; init; }

    public List<(string From, string To, string Data)> Received { get; } = [];

    public List<string> Verbs { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Stop();
        await serving;
        end.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(end.Token);
                await Talk(client);
            }
        }
        catch (OperationCanceledException)
        {
            // told to end
        }
    }

    private async Task Talk(TcpClient client)
    {
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 test");
        var (from, to) = ("", "");
        while (await reader.ReadLineAsync(end.Token) is { } line)
        {
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            Verbs.Add(verb);
            switch (verb)
            {
                case "EHLO":
                    await writer.WriteLineAsync("250-test\r\n250 AUTH PLAIN");
                    break;
                case "AUTH":
                    await writer.WriteLineAsync("235 welcome");
                    break;
                case "MAIL":
                    from = line.Split(':', 2)[1].Split(' ')[0];
                    await writer.WriteLineAsync("250 ok");
                    break;
                case "RCPT" when Refusals-- > 0:
                    await writer.WriteLineAsync($"450 {line} is busy");
                    break;
                case "RCPT":
                    to = line.Split(':', 2)[1];
                    await writer.WriteLineAsync("250 ok");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    var data = new StringBuilder();
                    while (await reader.ReadLineAsync(end.Token) is { } text && text != ".")
                    {
                        data.Append(text.StartsWith('.') ? text[1..] : text).Append("\r\n");
                    }

                    Received.Add((from, to, data.ToString()));
                    if (HangsUp)
                    {
                        return;
                    }

                    await writer.WriteLineAsync("250 ok");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 ok");
                    break;
            }
        }
    }
}
