"""Bad networks on one machine: network namespaces joined by veth pairs, and a packet relay that delays, loses and throttles."""
