using System.Diagnostics.CodeAnalysis;
using System.Net;
using RouterCluster.Domain.Vocabulary;
using RouterCluster.Node.Platform.Http;
using RouterCluster.Node.Platform.Settings;

namespace RouterCluster.Node.Merchants;

/// <summary>The calling merchant, with the mode of the key that was used.</summary>
internal sealed record MerchantCaller(MerchantSettings Merchant, ChannelMode Mode, bool IsDemo, MerchantLimiter Limits);

/// <summary>Admits merchants' requests by key and address.</summary>
internal sealed class MerchantAccess
{
    private readonly ListInForce<MerchantSettings>.Derived<Bearer<MerchantCaller>> _keys;
    private readonly ClientAddress _addresses;
    private readonly TokenGuard _guard;
    private readonly ForeignAddresses _foreign;
    private readonly ChannelMode _mode;

    public MerchantAccess(
        NodeSettings settings, ListInForce<MerchantSettings> merchants, MerchantLimiters limits, TokenGuard guard,
        ForeignAddresses foreign)
    {
        (_guard, _foreign) = (guard, foreign);
        _mode = settings.Mode;
        _addresses = new ClientAddress(settings.TrustedProxies);
        _keys = merchants.Derive(all => new Bearer<MerchantCaller>(
            from merchant in all
            from key in merchant.Keys
            select KeyValuePair.Create(
                key.Token.Hex, new MerchantCaller(merchant, key.Mode, key.IsDemo, limits.Of(merchant)))));
    }

    /// <param name="work">Answers the request, or returns a refusal.</param>
    public async Task EnterAsync(
        HttpContext context, SharedPlaces places, Func<MerchantCaller, SharedPlaces.Place, Task<Refusal?>> work)
    {
        var why = Opens(context, out var caller, out var refusal) ? await WorkAsync(context, caller, places, work) : refusal;
        if (why is not null)
        {
            await context.RefuseAsync(why);
        }
    }

    private static async Task<Refusal?> WorkAsync(
        HttpContext context, MerchantCaller caller, SharedPlaces places,
        Func<MerchantCaller, SharedPlaces.Place, Task<Refusal?>> work)
    {
        context.TellRate(caller.Limits);
        if (places.TryEnter(caller.Merchant.Id) is not { } place)
        {
            return Refusals.Overloaded;
        }

        try
        {
            return await work(caller, place);
        }
        finally
        {
            places.Leave(place);
        }
    }

    private bool Opens(
        HttpContext context, [NotNullWhen(true)] out MerchantCaller? caller, [NotNullWhen(false)] out Refusal? refusal)
    {
        caller = _keys.Value.Find(context, out var isTry);
        var address = isTry ? _addresses.Of(context) : null;
        caller = caller is not null && Counts(caller, address) ? caller : null;
        refusal = !isTry ? Refusals.Unauthorized : _guard.Check(address, caller, "merchants");
        if (refusal is null && (address is null || caller?.Merchant.Allows(address) != true))
        {
            refusal = Refusals.AddressNotAllowed;
            _foreign.Count(caller!.Merchant.Id, address);
        }

        return refusal is null;
    }

    private bool Counts(MerchantCaller caller, IPAddress? address) =>
        !caller.IsDemo || DemoRule.Permits(_mode, address);
}
