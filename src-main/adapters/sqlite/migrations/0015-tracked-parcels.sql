-- A parcel that comes back is often known by its courier's number alone.
create index parcels_by_tracking on parcels (tracking, shop_id) where tracking is not null;
