using Marketplace.StripeSimulation.Wire;

namespace Marketplace.StripeSimulation.State;

/// <summary>How Stripe counts each currency. Source: docs.stripe.com/currencies.</summary>
internal static class Currencies
{
    private const long LargestMinor = 99_999_999;

    /// <summary>ISK and UGX are counted in hundredths that must be whole, although they have none.</summary>
    private static readonly HashSet<string> WholeHundreds = ["isk", "ugx"];

    /// <summary>Counted in thousandths whose last digit is 0.</summary>
    private static readonly HashSet<string> Thousandths = ["bhd", "jod", "kwd", "omr", "tnd"];

    /// <summary>What is counted in whole units and is therefore not multiplied.</summary>
    private static readonly HashSet<string> ZeroDecimal =
        ["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"];

    private static readonly HashSet<string> Others =
    [
        "aed", "afn", "all", "amd", "ang", "aoa", "ars", "aud", "awg", "azn", "bam", "bbd", "bdt", "bgn", "bmd", "bnd", "bob", "brl", "bsd", "bwp", "byn", "bzd",
        "cad", "cdf", "chf", "cny", "cop", "crc", "cve", "czk", "dkk", "dop", "dzd", "egp", "etb", "eur", "fjd", "fkp", "gbp", "gel", "gip", "gmd", "gtq", "gyd",
        "hkd", "hnl", "htg", "huf", "idr", "ils", "inr", "jmd", "kes", "kgs", "khr", "kyd", "kzt", "lak", "lbp", "lkr", "lrd", "lsl", "mad", "mdl", "mkd", "mmk",
        "mnt", "mop", "mur", "mvr", "mwk", "mxn", "myr", "mzn", "nad", "ngn", "nio", "nok", "npr", "nzd", "pab", "pen", "pgk", "php", "pkr", "pln", "qar", "ron",
        "rsd", "rub", "sar", "sbd", "scr", "sek", "sgd", "shp", "sle", "sos", "srd", "std", "szl", "thb", "tjs", "top", "try", "ttd", "twd", "tzs", "uah", "usd",
        "uyu", "uzs", "wst", "xcd", "yer", "zar", "zmw",
    ];

    private static readonly Dictionary<string, long> SmallestMinor = new()
    {
        ["usd"] = 50, ["aed"] = 200, ["aud"] = 50, ["bgn"] = 100, ["brl"] = 50, ["cad"] = 50, ["chf"] = 50, ["czk"] = 1_500, ["dkk"] = 250, ["eur"] = 50,
        ["gbp"] = 30, ["hkd"] = 400, ["huf"] = 17_500, ["inr"] = 50, ["jpy"] = 50, ["mxn"] = 1_000, ["myr"] = 200, ["nok"] = 300, ["nzd"] = 50, ["pln"] = 200,
        ["ron"] = 200, ["sek"] = 300, ["sgd"] = 50, ["thb"] = 1_000,
    };

    /// <summary>Lower case; Stripe takes either.</summary>
    public static string Check(string currency)
    {
        var code = currency.ToLowerInvariant();
        return ZeroDecimal.Contains(code) || Thousandths.Contains(code) || WholeHundreds.Contains(code) || Others.Contains(code) ? code
            : throw StripeError.Invalid($"Invalid currency: {code}. Stripe currently supports these currencies: usd, eur, …", "currency");
    }

    /// <summary>Whatever moves: transfers, refunds.</summary>
    public static long CheckAmount(long amountMinor, string currency, string param = "amount")
    {
        if (amountMinor < 1)
        {
            throw StripeError.Invalid("This value must be greater than or equal to 1.", param, "parameter_invalid_integer");
        }

        if (WholeHundreds.Contains(currency) && amountMinor % 100 != 0)
        {
            throw StripeError.Invalid($"Invalid amount: {currency} has no minor unit; it is sent as a two-decimal amount divisible by 100.", param, "invalid_charge_amount");
        }

        return Thousandths.Contains(currency) && amountMinor % 10 != 0
            ? throw StripeError.Invalid($"Invalid amount: the last digit of an amount in {currency} must be 0.", param, "invalid_charge_amount")
            : amountMinor;
    }

    /// <summary>What a customer pays: neither too little nor of nine digits.</summary>
    public static long CheckCharge(long amountMinor, string currency, string param = "amount")
    {
        CheckAmount(amountMinor, currency, param);
        return amountMinor > LargestMinor
            ? throw StripeError.Invalid($"Amount must be no more than {LargestMinor} {currency}", param, "amount_too_large")
            : amountMinor < SmallestMinor.GetValueOrDefault(currency, 1)
            ? throw StripeError.Invalid($"Amount must be at least {SmallestMinor[currency]} {currency}", param, "amount_too_small")
            : amountMinor;
    }
}
