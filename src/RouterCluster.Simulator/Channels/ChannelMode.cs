namespace RouterCluster.Simulator.Channels;

/// <summary>How submits end. Queries tell the truth in every mode but <see cref="Hang"/> and <see cref="Refuse"/>.</summary>
public enum ChannelMode
{
    Ok,

    /// <summary>Booked as failed (39), without moving money. Neither submits nor queries are answered.</summary>
    Hang,

    /// <summary>
    /// The channel's own port is closed; the shared port resets the connection. Nothing is booked or logged.
    /// </summary>
    Refuse,

    /// <summary>Read, not booked, connection reset.</summary>
    ResetBefore,

    /// <summary>Booked as drawn, connection reset.</summary>
    ResetAfter,

    /// <summary>Booked with the money moved, whatever the rates say, and never answered.</summary>
    LostResponse,

    /// <summary>HTTP 500 with an HTML page; a seeded coin decides whether the order is booked (as drawn).</summary>
    Error500,

    /// <summary>Booked as drawn, answered truthfully, signed wrongly.</summary>
    BadSignature,

    /// <summary>Booked as drawn, answered with an amount that is one too high, signed correctly.</summary>
    WrongAmount,

    /// <summary>Not booked; HTTP 429 and HTTP 200 in turn, both with code TOO_FAST.</summary>
    Throttle,

    /// <summary>Not booked; failed with code 39, and with <c>Retry-After</c> where the settings name one.</summary>
    Maintenance,

    /// <summary>Booked and answered as processing (05); final after the query delay, or after a second without one.</summary>
    Processing,
}

public enum NotifyMode
{
    None,
    Once,
    Twice,

    /// <summary>Once, and before the answer, which waits for the receiver at most a second.</summary>
    Early,
}
