namespace RouterCluster.Simulator.Wire;

internal static class Codes
{
    public const string Success = "00";
    public const string Signature = "03";
    public const string Processing = "05";
    public const string WrongRequest = "10";
    public const string Duplicate = "12";
    public const string Limit = "33";
    public const string NotFound = "34";
    public const string Maintenance = "39";
    public const string TooFast = "TOO_FAST";

    public static readonly string[] CustomerFailures = ["51", "54", "40", "61", "60"];

    public static readonly string[] ChannelFailures = [Maintenance, Limit];

    public static string Message(string code) => code switch
    {
        Success => "success",
        Signature => "merchant, timestamp or signature is wrong",
        Processing => "in process",
        WrongRequest => "the request is not understood",
        Duplicate => "this order number was used before",
        Limit => "the channel's limit is reached",
        NotFound => "no such order",
        Maintenance => "the channel is under maintenance",
        TooFast => "too many requests",
        "51" => "insufficient funds",
        "54" => "the card has expired",
        "40" => "name, id or phone do not match the card",
        "61" => "the card's limit is exceeded",
        "60" => "declined by the issuer",
        _ => "",
    };
}
