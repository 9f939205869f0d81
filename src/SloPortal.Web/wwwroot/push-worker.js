// Shows a call, and takes the page at one press without opening anything.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));

self.addEventListener("push", event => {
  const call = event.data?.json() ?? {};
  event.waitUntil(self.registration.showNotification(call.title ?? "You are called", {
    body: call.body,
    tag: `page-${call.page}`,
    renotify: true,
    requireInteraction: true,
    icon: "/favicon.svg",
    data: call,
    actions: [{ action: "take", title: "I have it" }, { action: "open", title: "Open" }],
  }));
});

async function take(call) {
  let said;
  try {
    const answer = await fetch(`/answer/${call.answer}/push`, { method: "POST" });
    said = answer.ok ? "You have it. Nobody else is called." : (await answer.json()).detail;
  } catch {
    said = "The portal could not be reached. Open the page, and try again.";
  }
  await self.registration.showNotification(call.title, { body: said, tag: `page-${call.page}`, icon: "/favicon.svg", data: call, actions: [{ action: "open", title: "Open" }] });
}

async function open(call) {
  const address = `/pages/${call.page}`;
  const windows = await self.clients.matchAll({ type: "window" });
  const there = windows.find(w => new URL(w.url).pathname === address);
  return there ? there.focus() : self.clients.openWindow(address);
}

self.addEventListener("notificationclick", event => {
  event.notification.close();
  event.waitUntil(event.action === "take" ? take(event.notification.data) : open(event.notification.data));
});
