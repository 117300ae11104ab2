namespace Marketplace.Domain.Banking;

/// <summary>Money that a bank is asked to move, in the words that every format of orders has.</summary>
/// <param name="EndToEndId">Ours, and the payee's bank shows it again: 1–35 of <c>A–Z a–z 0–9 . -</c>.</param>
/// <param name="ExecuteOn">The day on which the bank is to pay.</param>
/// <param name="Amount">Greater than 0.</param>
/// <param name="Remittance">What the payee reads: 1–140 characters on one line.</param>
public sealed record BankTransferOrder(string EndToEndId, DateOnly ExecuteOn, Money Amount, BankAccount Payee, string Remittance)
{
    public const int MaxIdCharacters = 35;
    public const int MaxTextCharacters = 140;

    /// <summary>Null when every format can carry it.</summary>
    public Refusal? Check(string field) =>
        !Fits(EndToEndId, MaxIdCharacters) || EndToEndId.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-')) ? Refusal.Invalid(
            "transfer-id-malformed", "编号须为 1–35 位字母、数字、点或连字符。", "The id must be 1 to 35 letters, digits, points or hyphens.", $"{field}.endToEndId")
        : !Amount.IsPositive ? Refusal.Invalid("amount-not-positive", "金额必须大于零。", "The amount must be greater than zero.", $"{field}.amount")
        : !Fits(Remittance, MaxTextCharacters) ? BankAccount.Unfit($"{field}.remittance", MaxTextCharacters)
        : Payee.Check($"{field}.payee");

    /// <summary>One line of text that an XML file can carry, and not blank.</summary>
    public static bool Fits(string text, int maxCharacters) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= maxCharacters && !text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFFFE' or '\uFFFF')
        && text.EnumerateRunes().All(r => r.Value != 0xFFFD);
}

/// <param name="Number">IBAN or the bank's own, 1–34 letters, digits and hyphens.</param>
/// <param name="Bank">Its name, with the branch (开户行), or null.</param>
/// <param name="Bic">8 or 11 letters and digits (ISO 9362), or null.</param>
/// <param name="Cnaps">12 digits (联行号), or null.</param>
public sealed record BankAccount(string Holder, string Number, string? Bank = null, string? Bic = null, string? Cnaps = null)
{
    public const int MaxNumberCharacters = 34;

    public Refusal? Check(string field) =>
        !BankTransferOrder.Fits(Holder, BankTransferOrder.MaxTextCharacters) ? Unfit($"{field}.holder", BankTransferOrder.MaxTextCharacters)
        : Bank is not null && !BankTransferOrder.Fits(Bank, BankTransferOrder.MaxTextCharacters) ? Unfit($"{field}.bank", BankTransferOrder.MaxTextCharacters)
        : Number.Length is 0 or > MaxNumberCharacters || Number.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-') || Number[0] == '-' ? Refusal.Invalid(
            "account-number-malformed", "账号须为 1–34 位字母、数字或连字符。", "The account number must be 1 to 34 letters, digits or hyphens.", $"{field}.number")
        : Bic is not null && (Bic.Length is not (8 or 11) || !Bic[..6].All(char.IsAsciiLetterUpper) || !Bic.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c)))
            ? Refusal.Invalid("bic-malformed", "BIC 须为 8 或 11 位大写字母和数字。", "A BIC is 8 or 11 capital letters and digits.", $"{field}.bic")
        : Cnaps is not null && (Cnaps.Length != 12 || !Cnaps.All(char.IsAsciiDigit)) ? Refusal.Invalid(
            "cnaps-malformed", "联行号须为 12 位数字。", "A CNAPS number has 12 digits.", $"{field}.cnaps")
        : null;

    internal static Refusal Unfit(string field, int maxCharacters) => Refusal.Invalid(
        "transfer-text-unfit", $"此项须为一行文字，至多 {maxCharacters} 个字符。", $"This must be one line of at most {maxCharacters} characters.", field);
}

/// <summary>Orders that go to one bank in one file, out of one account.</summary>
/// <param name="MessageId">1–30 of <c>A–Z a–z 0–9 . -</c>: the parts of the file take it and a number.</param>
public sealed record BankTransferBatch(string MessageId, DateTimeOffset CreatedAt, BankAccount Payer, IReadOnlyList<BankTransferOrder> Orders)
{
    public const int MaxMessageIdCharacters = 30;
    public const int MaxOrders = 10_000;

    /// <summary>Null when every order can go out; no end-to-end id may stand twice.</summary>
    public Refusal? Check()
    {
        if (!BankTransferOrder.Fits(MessageId, MaxMessageIdCharacters) || MessageId.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-')))
        {
            return Refusal.Invalid("transfer-id-malformed", "文件编号须为 1–30 位字母、数字、点或连字符。", "The id of the file must be 1 to 30 letters, digits, points or hyphens.", "messageId");
        }

        if (Orders.Count is 0 or > MaxOrders)
        {
            return Refusal.Invalid("transfer-orders-count", $"须有 1–{MaxOrders} 笔付款。", $"There must be 1 to {MaxOrders} transfers.", "orders");
        }

        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < Orders.Count; i++)
        {
            if (Orders[i].Check($"orders[{i}]") is { } refusal)
            {
                return refusal;
            }

            if (!ids.Add(Orders[i].EndToEndId))
            {
                return Refusal.Invalid("transfer-id-twice", "编号重复。", "This id is there twice.", $"orders[{i}].endToEndId");
            }
        }

        return Payer.Check("payer");
    }
}
