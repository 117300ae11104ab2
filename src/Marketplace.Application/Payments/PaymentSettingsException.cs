namespace Marketplace.Application.Payments;

/// <summary>A setting of a payment provider cannot be used. Says which, and never its value.</summary>
public sealed class PaymentSettingsException(string setting, string zh, string en) : Exception($"{setting} {en}")
{
    public string Zh { get; } = $"{setting} {zh}";
}
