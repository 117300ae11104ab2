using Marketplace.Application.LabResults;
using Marketplace.Application.Reads;
using Marketplace.Domain;
using Marketplace.Domain.LabResults;
using Marketplace.Domain.Licensing;
using Marketplace.Domain.Organisations;
using Marketplace.Journal;
using Marketplace.Search;
using Npgsql;

namespace Marketplace.Benchmarks.Searches;

/// <summary>
/// Listings as laboratories write them, made of a vocabulary by a seed: titles of some 20 characters and summaries of some 150, of which words
/// are used as unevenly as in a language. Every fourth has an offer. They are put into the read tables and, with the same tokens, into a
/// table with a tsvector, without positions: PostgreSQL need not look at phrases.
/// </summary>
internal sealed class MadeListings(NpgsqlDataSource source, int count)
{
    /// <summary>In about a third of the listings.</summary>
    public const string Frequent = "电池";

    /// <summary>In one of 20 000.</summary>
    public const string Rare = "超晶格";

    private const int RareEvery = 20_000;
    private const string Characters = "电池材料催化膜层流液体固态激光芯片传感器检测算法模型机器人轴承涂装合金纤维光学量子通信生物医药细胞蛋白抗体疫苗能源储存氢燃料回收净化水土壤空气农业种植航天卫星雷达声波震动控制系统平台网络安全数据计算";

    private static readonly DateTime First = new(2021, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Labs = [.. Enumerable.Range(0, 200).Select(i => DerivedId.From<OrganisationId>($"lab {i}").Value)];
    private readonly string[] vocabulary = Vocabulary();
    private readonly Dictionary<string, (long Version, ReadOnlyMemory<byte> Hash)> heads = [];
    private int published;

    /// <summary>One of the vocabulary's words, the frequent ones as seldom as the others.</summary>
    public string Word(int number) => vocabulary[number % vocabulary.Length];

    public ResultRow Row(int number)
    {
#pragma warning disable CA5394 // listings are made by a seed, not guarded by it
        var random = new Random(number);
        string Text(int characters)
        {
            var text = "";
            while (text.Length < characters)
            {
                // The product of two draws: the first words of the vocabulary come far more often than the last.
                text += vocabulary[random.Next(vocabulary.Length) * random.Next(vocabulary.Length) / vocabulary.Length];
            }

            return text;
        }

        var title = Text(18) + (number % RareEvery == RareEvery / 2 ? Rare : "") + (random.Next(5) == 0 ? Frequent : "");
        return new ResultRow(
            DerivedId.From<LabResultId>($"result {number}").Value, Labs[number % Labs.Length], ResultStatus.Listed, true, title, $"Result {number} for industry",
            Text(140) + "。" + (random.Next(5) == 0 ? Frequent : ""), $"Summary of result {number}.", (TechnologyField)random.Next(12), "C3841", 1 + random.Next(9),
            ReadinessScale.GbT22900, random.Next(3) == 0 ? "310115" : "120116", null, null, null, null, 0, First.AddMinutes(number * 3L), First.AddMinutes(number * 3L),
            random.Next(3) == 0 ? nameof(RightStatus.Pending) : $"{RightStatus.Pending} {RightStatus.Granted}");
#pragma warning restore CA5394
    }

    public async Task Fill()
    {
        await using var connection = await source.OpenConnectionAsync();
        await Execute(connection, """
            create unlogged table told (result text, since timestamptz, field text, level integer, region text, licence text, words text);
            create table baseline (result text primary key, since timestamptz not null, field text not null, level integer not null, region text not null, licence text, tokens tsvector not null);
            """);
        await using (var labs = await connection.BeginBinaryImportAsync("copy organisations (organisation, kind, status, name_zh, name_en, uscc) from stdin (format binary)"))
        {
            for (var i = 0; i < Labs.Length; i++)
            {
                await labs.WriteRowAsync(default, Labs[i], nameof(OrganisationKind.Lab), nameof(OrganisationStatus.Verified), $"第{i}实验室", $"Laboratory {i}", $"{i:D18}");
            }

            await labs.CompleteAsync();
        }

        await using (var results = await connection.BeginBinaryImportAsync("""
            copy results (result, lab, status, is_public, title_zh, title_en, summary_zh, summary_en, field, industry, readiness_level, readiness_scale, region_code, right_statuses, open_objections, public_since_utc, listed_at_utc)
            from stdin (format binary)
            """))
        {
            for (var i = 0; i < count; i++)
            {
                var r = Row(i);
                await results.WriteRowAsync(
                    default, r.Result, r.Lab, r.Status.ToString(), true, r.TitleZh, r.TitleEn, r.SummaryZh, r.SummaryEn, r.Field.ToString(), r.Industry, r.ReadinessLevel!.Value,
                    r.ReadinessScale!.Value.ToString(), r.RegionCode, r.RightStatuses, 0, r.PublicSinceUtc!.Value, r.ListedAtUtc!.Value);
            }

            await results.CompleteAsync();
        }

        await using (var offers = await connection.BeginBinaryImportAsync(
            "copy offers (offer, result, lab, status, licence, trial_months, commercial_months, currency, payment_models, valid_until) from stdin (format binary)"))
        {
            for (var i = 0; i < count; i += 4)
            {
                await offers.WriteRowAsync(
                    default, DerivedId.From<OfferId>($"offer {i}").Value, DerivedId.From<LabResultId>($"result {i}").Value, Labs[i % Labs.Length], nameof(OfferStatus.Open),
                    LicenceOf(i).ToString(), 3 + (i % 12), 36, "CNY", nameof(PaymentModel.Instalments), new DateOnly(2099, 12, 31));
            }

            await offers.CompleteAsync();
        }

        await Execute(connection, "analyze organisations; analyze results; analyze offers");
    }

    /// <summary>The same tokens, and facets in columns of their own with their own indexes.</summary>
    public async Task FillBaseline()
    {
        await using var connection = await source.OpenConnectionAsync();
        await using (var rows = await connection.BeginBinaryImportAsync("copy told (result, since, field, level, region, licence, words) from stdin (format binary)"))
        {
            for (var i = 0; i < count; i++)
            {
                var r = Row(i);
                await rows.StartRowAsync();
                await rows.WriteAsync(r.Result);
                await rows.WriteAsync(r.PublicSinceUtc!.Value);
                await rows.WriteAsync(r.Field.ToString());
                await rows.WriteAsync(r.ReadinessLevel!.Value);
                await rows.WriteAsync(r.RegionCode[..2]);
                if (i % 4 == 0)
                {
                    await rows.WriteAsync(LicenceOf(i).ToString());
                }
                else
                {
                    await rows.WriteNullAsync();
                }

                await rows.WriteAsync(Words.Tokens(r.TitleZh, r.TitleEn, r.SummaryZh, r.SummaryEn));
            }

            await rows.CompleteAsync();
        }

        await Execute(connection, """
            set maintenance_work_mem = '512MB';
            insert into baseline select result, since, field, level, region, licence, array_to_tsvector(array_remove(string_to_array(words, ' '), '')) from told;
            drop table told;
            create index on baseline using gin (tokens);
            create index on baseline (since desc);
            create index on baseline (field, since desc);
            analyze baseline;
            """);
    }

    /// <summary>Publishes one more through the journal, as a grain does, and says what to ask for.</summary>
    public async Task<string> Publish(IJournal journal)
    {
        var number = count + Interlocked.Increment(ref published);
        var mark = $"mark{number}";
        var row = Row(number);
        await Append(journal, row with { TitleEn = $"Result {mark}" });
        return mark;
    }

    /// <summary>Changes a listing that is there: its title says something else.</summary>
    public Task Change(IJournal journal, int number) => Append(journal, Row(number) with { TitleEn = $"Result {number} changed" });

    private async Task Append(IJournal journal, ResultRow row)
    {
        var stream = $"result/{row.Result}";
        (long Version, ReadOnlyMemory<byte> Hash) head;
        lock (heads)
        {
            head = heads.GetValueOrDefault(stream);
        }

        var answer = await journal.Append(new JournalCommand(
            stream, head.Version, head.Hash, Guid.NewGuid(), new byte[32], "System:benchmark", new DateTimeOffset(row.PublicSinceUtc!.Value), [new NewEvent("ResultMade", "{}", [])], [ReadTable.Change(row)]));
        if (answer is CommitResult.Committed committed)
        {
            lock (heads)
            {
                heads[stream] = (committed.Version, committed.Hash);
            }
        }
    }

    private static LicenceKind LicenceOf(int number) => (LicenceKind)(number / 4 % 4);

    private static string[] Vocabulary()
    {
#pragma warning disable CA5394
        var random = new Random(1);
        return [.. Enumerable.Range(0, 4_000).Select(_ => string.Concat(Enumerable.Range(0, 2 + random.Next(3)).Select(_ => Characters[random.Next(Characters.Length)])))];
#pragma warning restore CA5394
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }
}
