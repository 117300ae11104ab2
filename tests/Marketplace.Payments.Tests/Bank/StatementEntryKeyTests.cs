using System.Globalization;
using CsCheck;
using Marketplace.Application.Banking;
using Marketplace.Domain;
using Marketplace.Domain.Banking;
using Marketplace.Domain.Tests.Agreements;
using static Marketplace.Payments.Tests.Bank.Statements;

namespace Marketplace.Payments.Tests.Bank;

/// <summary>A statement that is sent again, overlaps or comes in another order changes nothing; genuine twins are all kept.</summary>
public sealed class StatementEntryKeyTests
{
    private static readonly StatementAccount Account = new("62220001", Currency.Cny);

    /// <summary>Few values, so that twins are common.</summary>
    private static readonly Gen<StatementEntry> AnEntry = Gen.Select(
        Gen.Int[0, 3], Gen.Int[1, 2], Gen.Bool, OneOf<string?>(null, null, "R1", "R2"), OneOf("甲公司", "乙公司"), OneOf("", "许可费"),
        (day, amount, isCredit, reference, name, text) => Booked(day, amount, isCredit, reference, name, text));

    private static readonly Gen<StatementEntry[][]> Days = AnEntry.Array[0, 40].Select(entries => entries.GroupBy(e => e.BookedOn).OrderBy(g => g.Key).Select(g => g.ToArray()).ToArray());

    [Fact]
    public void As_many_lines_as_there_are_get_as_many_keys() => AnEntry.Array[0, 60].Sample(entries => Keys(entries).Length == entries.Length && Keys(entries).Distinct().Count() == entries.Length);

    [Fact]
    public void Sent_again_a_statement_has_the_same_keys() => AnEntry.Array[0, 60].Sample(entries => Keys(entries).SequenceEqual(Keys(entries)));

    [Fact]
    public void Neither_the_order_of_days_nor_that_of_lines_matters() => Gen.Select(AnEntry.Array[0, 60], Gen.Int).Sample((entries, seed) =>
    {
        var shuffled = entries.ToArray();
        new Random(seed).Shuffle(shuffled);
        return Keys(entries).ToHashSet().SetEquals(Keys(shuffled));
    });

    [Fact]
    public void Statements_that_overlap_by_days_have_the_keys_of_the_whole() => Gen.Select(Days, Gen.Int[0, 4], Gen.Int[0, 4]).Sample((days, from, to) =>
    {
        var first = Keys(days.Take(Math.Max(from, to)).SelectMany(d => d));
        var second = Keys(days.Skip(Math.Min(from, to)).SelectMany(d => d));
        return Keys(days.SelectMany(d => d)).ToHashSet().SetEquals(first.Union(second));
    });

    [Fact]
    public void Two_twins_on_one_day_have_two_keys()
    {
        var twin = Booked(1, 5, true, null, "甲公司", "许可费");
        var keys = Keys([twin, twin, Booked(2, 5, true, null, "甲公司", "许可费")]);
        Assert.Equal(3, keys.Distinct().Count());
        Assert.EndsWith("-1", keys[0]);
        Assert.EndsWith("-2", keys[1]);
        Assert.EndsWith("-1", keys[2]);
    }

    [Fact]
    public void A_reference_that_is_used_twice_loses_no_line()
    {
        var money = Booked(1, 5, true, "R1", "甲公司", "");
        string[] keys = Keys([money, money with { IsCredit = false, IsReversal = true }, money with { Amount = Deals.Yuan(6) }, money with { BookedOn = money.BookedOn.AddDays(1) }, money]);
        Assert.Equal(5, keys.Distinct().Count());
        Assert.All(keys, key => Assert.StartsWith("ref-", key));
    }

    [Fact]
    public void With_a_reference_the_texts_may_be_written_differently()
    {
        var money = Booked(1, 5, true, "R1", "甲公司", "许可费");
        Assert.Equal(Keys([money]), Keys([money with { CounterpartyName = "甲公司（深圳）", Remittance = "", BalanceAfter = Deals.Yuan(7), Line = 9 }]));
    }

    [Fact]
    public void Without_a_reference_everything_that_identifies_does()
    {
        var money = Booked(1, 5, true, null, "甲公司", "许可费");
        StatementEntry[] others =
        [
            money, money with { BookedOn = money.BookedOn.AddDays(1) }, money with { BookedAt = new TimeOnly(9, 0) }, money with { Amount = Deals.Yuan(6) }, money with { IsCredit = false },
            money with { IsReversal = true }, money with { ServicerReference = "R" }, money with { EndToEndId = "E" }, money with { CounterpartyName = "乙公司" },
            money with { CounterpartyAccount = "1" }, money with { Remittance = "费" }, money with { StructuredReference = "RF" }, money with { BalanceAfter = Deals.Yuan(7) },
        ];
        Assert.Equal(others.Length, others.Select(e => Keys([e])[0]).Distinct().Count());
        Assert.NotEqual(Keys([money with { CounterpartyName = "ab", CounterpartyAccount = "c" }]), Keys([money with { CounterpartyName = "a", CounterpartyAccount = "bc" }]));
        Assert.Equal(Keys([money]), Keys([money with { ValueOn = money.BookedOn, Line = 77, Remittance = " 许可费\n" }])); // neither value date, line nor white space
    }

    [Fact]
    public void Two_accounts_and_two_currencies_share_no_key()
    {
        var money = Booked(1, 5, true, "R1", "甲公司", "");
        StatementAccount[] accounts = [Account, Account with { Number = "62220002" }, Account with { Currency = Currency.Parse("USD").Value }];
        Assert.Equal(3, accounts.Select(a => new StatementEntryKeys().Of(a, money).Value).Distinct().Count());
    }

    [Fact]
    public void A_key_is_short_ASCII_however_long_what_it_is_made_of() => Gen.Select(Gen.String, Gen.String, Gen.OneOf(Gen.Const((string?)null), Gen.String!)).Sample((name, text, reference) =>
    {
        var key = Keys([Booked(1, 5, true, reference, name, text)])[0];
        return key.Length <= 80 && key.All(char.IsAscii);
    });

    [Fact]
    public void Keys_are_those_that_stand_in_journals_already() => Assert.Equal(
        [
            "sum-b5cbc9d2a065e4586559890df022cf12c07dba58909547f00cd12da024439061-1",
            "ref-91db96572dc88cee6412d36be38d5ee2aa7f5aa3caace9309d0ef474546a2947-1",
        ],
        Keys([Booked(1, 5, true, null, "甲公司", "许可费"), Booked(1, 5, true, "R1", "甲公司", "许可费")]));

    [Fact]
    public async Task Details_of_a_batch_are_told_apart_and_keep_their_keys_in_another_order()
    {
        static string Of(string name) => $"<TxDtls><Amt Ccy=\"CNY\">2.00</Amt><RltdPties><Dbtr><Pty><Nm>{name}</Nm></Pty></Dbtr></RltdPties></TxDtls>";
        static string File(params string[] names) => Camt(Entry("6.00", $"<AcctSvcrRef>R9</AcctSvcrRef><NtryDtls>{string.Concat(names.Select(Of))}</NtryDtls>"), closing: "6.00");
        var keys = (await Read(File("甲", "乙", "甲"))).Select(l => l.Key.Value).ToHashSet();
        Assert.Equal(3, keys.Count);
        Assert.Equal(keys, [.. (await Read(File("乙", "甲", "甲"))).Select(l => l.Key.Value)]);
    }

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string[] Keys(IEnumerable<StatementEntry> entries)
    {
        var keys = new StatementEntryKeys();
        return [.. entries.Select(e => keys.Of(Account, e).Value)];
    }

    private static StatementEntry Booked(int day, int yuan, bool isCredit, string? reference, string name, string text) => new(
        1, new DateOnly(2026, 1, 1).AddDays(day), null, null, Deals.Yuan(yuan), isCredit, false, reference, null, name, null, text, null, null, null, null);
}
