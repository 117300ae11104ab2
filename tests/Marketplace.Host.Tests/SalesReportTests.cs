using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Marketplace.Application.Door;
using Marketplace.Application.Grains;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;
using Marketplace.Domain.Tests.Agreements;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace Marketplace.Host.Tests;

// Inside the namespace, so that the use cases hide the rules of the same names.
using Marketplace.Application.Agreements;
using Marketplace.Application.LabResults;
using Marketplace.Application.Licensing;
using Marketplace.Application.Organisations;

/// <summary>Sales reported over REST, by figures and by file: all of it or nothing, once, and with everything that is wrong told at once.</summary>
public sealed class SalesReportTests : AgreementOverRest
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string By = "fileName=sales.csv&affirmation.name=甲&affirmation.position=经理";
    private const string Affirmation = """ "affirmation":{"name":"甲","position":"经理"} """;

    [Fact]
    public async Task A_report_needs_somebody_who_stands_by_it_and_no_sales_are_said()
    {
        At("2026-05-01");
        var nobody = await Report("""{"period":1,"gross":{"amountMinor":5,"currency":"CNY"},"deductions":[]}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "affirmation-missing", "affirmation.name"), (nobody.Status, nobody.Code, nobody.Field));
        var silent = await Report($$"""{"period":1,"gross":{"amountMinor":0,"currency":"CNY"},"deductions":[],{{Affirmation}}}""");
        Assert.Equal(("no-sales-not-affirmed", "noSales"), (silent.Code, silent.Field));
        var contradictory = await Report($$"""{"period":1,"gross":{"amountMinor":5,"currency":"CNY"},"deductions":[],"noSales":true,{{Affirmation}}}""");
        Assert.Equal("no-sales-with-figures", contradictory.Code);
        Assert.Equal(HttpStatusCode.OK, (await Report($$"""{"period":1,"gross":{"amountMinor":0,"currency":"CNY"},"deductions":[],"noSales":true,{{Affirmation}}}""")).Status);
    }

    [Theory]
    [InlineData(2, "2026-05-01", HttpStatusCode.UnprocessableEntity, "period-wrong")]
    [InlineData(1, "2026-04-30", HttpStatusCode.Conflict, "period-running")] // it ends on 1 May
    public async Task A_wrong_or_open_period_is_one_clear_error_by_figures_and_by_file(int period, string today, HttpStatusCode status, string code)
    {
        At(today);
        var figures = await Report($$"""{"period":{{period}},"gross":{"amountMinor":5,"currency":"CNY"},"deductions":[],{{Affirmation}}}""");
        Assert.Equal((status, code), (figures.Status, figures.Code));
        Assert.Equal(code, (await SendFile($"{Address}/sales-reports/file?commandId={Guid.NewGuid()}&period={period}&{By}", Csv("泵,中国,1,5,5,CNY"))).Code);
        Assert.Equal(code, (await SendFile($"{Address}/sales-reports/file/check?period={period}", Csv("泵,中国,1,5,5,CNY"))).Code);
    }

    [Fact]
    public async Task A_file_is_checked_without_a_trace_and_reported_once_with_its_hash()
    {
        At("2026-05-01");
        var file = Csv("泵,中国,10,99.90,999.00,CNY", "阀,德国,,,0.50,CNY");
        var check = (await SendFile($"{Address}/sales-reports/file/check?period=1", file)).Json;
        Assert.Equal((2, 999_50L), (check["rows"]!.GetValue<int>(), check["totals"]!["gross"]!["amountMinor"]!.GetValue<long>()));
        Assert.Empty((await State())["reports"]!.AsArray());

        var command = $"{Address}/sales-reports/file?commandId={Guid.NewGuid()}&period=1&{By}";
        var first = await SendFile(command, file);
        Assert.True(first.Status == HttpStatusCode.OK, first.Text);
        Assert.Equal(first.Text, (await SendFile(command, file)).Text);
        Assert.Equal("command-id-reused", (await SendFile(command, Csv("泵,中国,,,1,CNY"))).Code);

        var report = Assert.Single((await State())["reports"]!.AsArray())!["statement"]!;
        Assert.Equal(999_50, report["grossMinor"]!.GetValue<long>());
        Assert.Equal((check["sha256"]!.ToString(), 2, file.Length), (report["sheet"]!["sha256"]!.ToString(), report["sheet"]!["rows"]!.GetValue<int>(), report["sheet"]!["bytes"]!.GetValue<int>()));
        Assert.Equal("甲", report["affirmation"]!["name"]!.ToString());
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_file_is_told_at_once_and_nothing_is_reported()
    {
        At("2026-05-01");
        var reply = await SendFile($"{Address}/sales-reports/file?commandId={Guid.NewGuid()}&period=1&{By}", Csv("=泵,中国,1,5,5,CNY", "泵,中国,2,5,11,USD"), language: "en");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "sheet-has-errors", "file"), (reply.Status, reply.Code, reply.Field));
        Assert.Equal(
            ["2 产品 =泵 cell-looks-like-formula", "3 币种 USD currency-differs"],
            reply.Json["rows"]!.AsArray().Select(r => $"{r!["row"]} {r["column"]} {r["value"]} {r["code"]}"));
        Assert.Equal("The agreement is in CNY.", reply.Json["rows"]![1]!["en"]!.ToString());
        Assert.Empty((await State())["reports"]!.AsArray());
    }

    [Fact]
    public async Task Members_in_the_address_are_as_strict_as_in_a_body()
    {
        var file = Csv("泵,中国,1,5,5,CNY");
        var id = Guid.NewGuid();
        foreach (var (query, code, field) in new[]
        {
            ($"commandId={id}&period=1", "member-missing", "fileName"), ($"commandId={id}&period=x&{By}", "value-malformed", "period"),
            ($"commandId={id}&period=1&{By}&extra=1", "member-unknown", "extra"), ($"commandId={id}&period=1&{By}&affirmation.age=7", "member-unknown", "affirmation.age"),
            ($"commandId={id}&period=1&{By}&file=AAAA", "member-unknown", "file"), ($"commandId={id}&period=1&period=2&{By}", "member-unknown", "period"),
            ($"commandId={id}&period=1&{By}&affirmation=x", "member-unknown", "affirmation"),
        })
        {
            var reply = await SendFile($"{Address}/sales-reports/file?{query}", file);
            Assert.Equal((HttpStatusCode.BadRequest, code, field), (reply.Status, reply.Code, reply.Field));
        }

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await SendFile($"{Address}/sales-reports/file?commandId={id}&period=1&{By}", file, mediaType: "text/html")).Status);
    }

    [Fact]
    public async Task A_draft_is_kept_while_its_period_runs_and_is_over_with_its_report()
    {
        At("2026-04-01");
        Assert.Equal("period-wrong", (await Keep(2, """{"gross":"12x"}""")).Code);
        Assert.Equal(HttpStatusCode.OK, (await Keep(1, """{"gross":"12x","name":"甲"}""")).Status);
        var kept = (await Host.Get($"{Address}/sales-reports/draft", Header(Company))).Json;
        Assert.Equal((1, "12x", "甲", "2026-04-01"), (
            kept["period"]!.GetValue<int>(), kept["fields"]!["gross"]!.GetValue<string>(), kept["fields"]!["name"]!.GetValue<string>(), kept["savedOn"]!.GetValue<string>()));

        // Nobody else learns of it, and no rule either.
        Assert.Equal("role-not-allowed", (await Host.Get($"{Address}/sales-reports/draft", Header(Lab))).Code);
        Assert.Equal("not-found", (await Host.Get($"{Address}/sales-reports/draft", Header(Stranger))).Code);
        Assert.Equal("not-found", (await Keep(1, """{"gross":"1"}""", Stranger)).Code);
        Assert.Equal("role-not-allowed", (await Keep(1, """{"gross":"1"}""", Lab)).Code);
        Assert.Empty((await State())["reports"]!.AsArray());

        At("2026-05-01");
        Assert.Equal(HttpStatusCode.OK, (await Report($$"""{"period":1,"gross":{"amountMinor":5,"currency":"CNY"},"deductions":[],{{Affirmation}}}""")).Status);
        var over = (await Host.Get($"{Address}/sales-reports/draft", Header(Company))).Json;
        Assert.Equal((0, 0), (over["period"]!.GetValue<int>(), over["fields"]!.AsObject().Count));
        Assert.Equal("period-wrong", (await Keep(1, """{"gross":"5"}""")).Code);
    }

    [Theory]
    [InlineData("""{"gross":"\u0000"}""")]
    [InlineData("""{"gross":"\ud800"}""")]
    [InlineData("""{"gross":null}""")]
    [InlineData("null")]
    [InlineData("""{"gross":""}""")]
    public async Task A_draft_that_cannot_be_kept_is_a_clear_error(string fields)
    {
        At("2026-05-01");
        var answer = await Keep(1, fields);
        Assert.True(answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity, $"{answer.Status} {answer.Code}");
        Assert.NotNull(answer.Code);
    }

    [Fact]
    public async Task Only_the_company_reports_and_strangers_find_nothing()
    {
        At("2026-05-01");
        var file = Csv("泵,中国,1,5,5,CNY");
        Assert.Equal("role-not-allowed", (await SendFile($"{Address}/sales-reports/file?commandId={Guid.NewGuid()}&period=1&{By}", file, Lab)).Code);
        Assert.Equal("not-found", (await SendFile($"{Address}/sales-reports/file?commandId={Guid.NewGuid()}&period=1&{By}", file, Stranger)).Code);
        Assert.Equal("not-found", (await SendFile($"{Address}/sales-reports/file/check?period=1", file, Stranger)).Code);
        Assert.Equal("not-found", (await Host.Get($"{Address}/sales-reports/template.csv", Header(Stranger))).Code);
        Assert.Equal("role-not-allowed", (await Host.Get($"{Address}/report-risk", Header(Company))).Code);
        Assert.Equal("role-not-allowed", (await Host.Get("/api/v1/reports-at-risk", Header(Lab))).Code);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_before_it_is_read()
    {
        // 100 MB are announced, and the answer comes before any of them is sent.
        var uri = new Uri(Host.App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        using var socket = new TcpClient(uri.Host, uri.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {Address}/sales-reports/file/check?period=1 HTTP/1.1\r\nHost: {uri.Authority}\r\nX-Development-Principal: {Header(Company)}\r\nContent-Type: text/csv\r\nContent-Length: 104857600\r\n\r\n"));
        using var reader = new StreamReader(stream);
        Assert.Contains("413", await reader.ReadLineAsync(), StringComparison.Ordinal);

        // Nobody says how much is coming: it is counted.
        var endless = new HttpRequestMessage(HttpMethod.Post, $"{Address}/sales-reports/file/check?period=1") { Content = new StreamContent(new MemoryStream(new byte[ISalesSheetReader.MaxBytes + 1])) };
        endless.Headers.TransferEncodingChunked = true;
        endless.Content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body-too-large"), await Host.Send(endless, Header(Company)) is var reply ? (reply.Status, reply.Code) : default);
    }

    [Fact]
    public async Task A_file_of_the_largest_size_is_read()
    {
        At("2026-05-01");
        var file = new byte[ISalesSheetReader.MaxBytes];
        Array.Fill(file, (byte)' ');
        Assert.Equal((HttpStatusCode.OK, 1), await SendFile($"{Address}/sales-reports/file/check?period=1", file) is var reply ? (reply.Status, reply.Json["faultCount"]!.GetValue<int>()) : default);
        Assert.Equal("sheet-not-readable", (await SendFile($"{Address}/sales-reports/file/check?period=1", [.. "PK\u0003\u0004"u8, .. file[..99]], mediaType: Xlsx)).Code);
        Assert.Equal("sheet-size", (await SendFile($"{Address}/sales-reports/file/check?period=1", [])).Code);
    }

    [Fact]
    public async Task The_template_is_a_file_that_is_understood()
    {
        At("2026-05-01");
        var template = await Host.Get($"{Address}/sales-reports/template.csv?language=en", Header(Company));
        Assert.Equal(("text/csv", "sales.csv"), (template.ContentHeaders.ContentType!.MediaType, template.ContentHeaders.ContentDisposition!.FileName));
        Assert.Equal("Product,Customer country,Quantity,Unit price,Gross,Currency,Deduction: Returns,Deduction: Rebates,Deduction: Freight,Deduction: Taxes", template.Text.TrimStart('\uFEFF').TrimEnd());
        var filled = await SendFile($"{Address}/sales-reports/file/check?period=1", Encoding.UTF8.GetBytes(template.Text + "pump,CN,2,5,10,CNY,1,,,\r\n"));
        Assert.Equal(9_00, filled.Json["totals"]!["net"]!["amountMinor"]!.GetValue<long>());
    }

    [Fact]
    public async Task Invoices_above_a_report_put_it_on_the_list_of_administrators()
    {
        At("2026-05-01");
        await Report($$"""{"period":1,"gross":{"amountMinor":123456,"currency":"CNY"},"deductions":[],{{Affirmation}}}""");
        Assert.Empty((await Host.Get("/api/v1/reports-at-risk", RunningHost.Administrator)).Json["items"]!.AsArray());
        Assert.Equal(0, (await Host.Get($"{Address}/report-risk", Header(Lab))).Json["score"]!.GetValue<int>());

        var invoice = $$"""{"commandId":"{{Guid.NewGuid()}}","invoice":"26122000000012345678","issuedOn":"2026-03-01","amount":{"amountMinor":123457,"currency":"CNY"},"fileHash":"{{new string('a', 64)}}"}""";
        Assert.Equal(HttpStatusCode.OK, (await Host.Post($"{Address}/sales-evidence", invoice, Header(Lab))).Status);
        var listed = Assert.Single((await Host.Get("/api/v1/reports-at-risk", RunningHost.Administrator)).Json["items"]!.AsArray())!;
        Assert.Equal(("300", "belowInvoices", Address[^30..]), (listed["score"]!.ToString(), listed["reasons"]![0]!.ToString(), listed["agreement"]!.ToString()));
        var risk = (await Host.Get($"{Address}/report-risk", Header(Lab))).Json;
        Assert.Equal((300, "belowInvoices"), (risk["score"]!.GetValue<int>(), risk["reasons"]![0]!["kind"]!.ToString()));
        Assert.Equal("after-malformed", (await Host.Get("/api/v1/reports-at-risk?after=x", RunningHost.Administrator)).Code);
        Assert.Empty((await Host.Get($"/api/v1/reports-at-risk?after=300-{Address[^30..]}", RunningHost.Administrator)).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task A_report_far_below_the_forecast_of_the_company_is_told_and_the_forecast_is_shown()
    {
        string Forecast() => $$$"""{"commandId":"{{{Guid.NewGuid()}}}","monthlyNet":{"amountMinor":100000,"currency":"CNY"}}""";
        Assert.Equal("role-not-allowed", (await Host.Post($"{Address}/sales-forecast", Forecast(), Header(Lab))).Code);
        Assert.Equal("not-found", (await Host.Post($"{Address}/sales-forecast", Forecast(), Header(Stranger))).Code);
        Assert.Equal(HttpStatusCode.OK, (await Host.Post($"{Address}/sales-forecast", Forecast(), Header(Company))).Status);
        var again = await Host.Post($"{Address}/sales-forecast", Forecast(), Header(Company));
        Assert.Equal((HttpStatusCode.Conflict, "forecast-unchanged"), (again.Status, again.Code));

        // The first period ran already; of the second 3 000.00 were expected.
        At("2026-05-01");
        await Report($$"""{"period":1,"gross":{"amountMinor":123456,"currency":"CNY"},"deductions":[],{{Affirmation}}}""");
        Assert.Equal(0, (await Host.Get($"{Address}/report-risk", Header(Lab))).Json["score"]!.GetValue<int>());
        At("2026-08-01");
        await Report($$"""{"period":2,"gross":{"amountMinor":149999,"currency":"CNY"},"deductions":[],{{Affirmation}}}""");
        var listed = Assert.Single((await Host.Get("/api/v1/reports-at-risk", RunningHost.Administrator)).Json["items"]!.AsArray())!;
        Assert.Equal(("120", "belowForecast"), (listed["score"]!.ToString(), listed["reasons"]![0]!.ToString()));
        var page = await Host.Get($"{Address["/api/v1".Length..]}/reports", Header(Lab));
        Assert.Contains("预测月净销售额 1,000.00\u00A0元（自第 2 期起）", WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
    }

    private static byte[] Csv(params string[] lines) => Encoding.UTF8.GetBytes("产品,客户国家/地区,数量,单价,销售额,币种\r\n" + string.Join("\r\n", lines));

    private Task<Reply> Report(string body) => Host.Post($"{Address}/sales-reports", $$"""{"commandId":"{{Guid.NewGuid()}}",{{body[1..]}}""", Header(Company));

    private Task<Reply> Keep(int period, string fields, Principal? by = null) => Host.Post(
        $"{Address}/sales-reports/draft", $$"""{"commandId":"{{Guid.NewGuid()}}","period":{{period}},"fields":{{fields}}}""", Header(by ?? Company));

    private async Task<JsonNode> State() => (await Host.Get(Address, Header(Company))).Json["details"]!;
}
