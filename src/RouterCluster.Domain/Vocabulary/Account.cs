namespace RouterCluster.Domain.Vocabulary;

/// <summary>In clear only where the merchant's request is read and where the channel's request is written.</summary>
public sealed record AccountDetails(string Number, string? Holder, string? Bank, string? IdNo, string? Phone)
{
    /// <summary>First six and last four digits; short numbers show less.</summary>
    public string MaskedNumber => Number.Length >= 13
        ? string.Concat(Number.AsSpan(0, 6), new string('*', Number.Length - 10), Number.AsSpan(Number.Length - 4))
        : string.Concat(new string('*', Math.Max(0, Number.Length - 2)), Number.AsSpan(Math.Max(0, Number.Length - 2)));

    /// <summary>Hides the number, since logs and dead letters print records.</summary>
    public override string ToString() => $"account {MaskedNumber}";
}

/// <summary>Encrypted, with the parts that may be shown beside it.</summary>
public sealed record SealedAccount(ReadOnlyMemory<byte> Ciphertext, string MaskedNumber, string? Bank)
{
    public override string ToString() => $"account {MaskedNumber}";
}
