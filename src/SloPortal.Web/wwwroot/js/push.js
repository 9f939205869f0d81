// Subscribes this browser to calls. The service worker shows them, also while no page is open.

function bytes(base64url) {
  const text = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(text, c => c.charCodeAt(0));
}

function base64url(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export async function subscribe(key) {
  if (!("serviceWorker" in navigator) || !("PushManager" in window))
    return { refused: window.isSecureContext ? "This browser knows no push notifications. Choose another way." : "Browsers allow notifications only over https. Ask whoever runs the portal." };
  if (await Notification.requestPermission() !== "granted")
    return { refused: "This browser does not allow notifications from here. Allow them in its settings of the site, and try again." };
  try {
    await navigator.serviceWorker.register("/push-worker.js");
    const registration = await navigator.serviceWorker.ready;
    const old = await registration.pushManager.getSubscription();
    const wanted = bytes(key);
    // A subscription of other keys reaches nobody any more.
    if (old && base64url(old.options.applicationServerKey) !== base64url(wanted))
      await old.unsubscribe();
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted });
    return { subscription: { endpoint: subscription.endpoint, p256dh: base64url(subscription.getKey("p256dh")), auth: base64url(subscription.getKey("auth")) } };
  } catch (e) {
    return { refused: `The browser could not reach its push service: ${e.message}` };
  }
}
